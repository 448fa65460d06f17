# The outside witness: differential item functioning by MASS::polr, invariance by lavaan, written to measurement.json.
#   Rscript tests/reference/measurement.R [FOLDER WITH pisa2015_usa.parquet]
# Run from the root of the project. made_up_items.csv is written here too: 900 made-up pupils in three groups, five
# items of four answers; item 2 is easier for group b, item 4 tells more in group c.
suppressPackageStartupMessages({library(MASS); library(lavaan); library(jsonlite)})
here <- "tests/reference"
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments)) arguments[1] else "../shared/data"

# --- Made-up answers -----------------------------------------------------------------------------------------
file <- file.path(here, "made_up_items.csv")
if (!file.exists(file)) {
  set.seed(20261122)
  n <- 900
  group <- sample(c("a", "b", "c"), n, TRUE, c(0.5, 0.3, 0.2))
  trait <- rnorm(n) + ifelse(group == "c", -0.3, 0)
  loading <- c(1.2, 1.5, 0.9, 1.1, 1.6)
  answer <- function(j) {
    slope <- loading[j] * ifelse(j == 4 & group == "c", 2, 1)
    latent <- slope * trait + ifelse(j == 2 & group == "b", 0.9, 0) + rlogis(n)
    findInterval(latent, c(-1.5, 0, 1.4)) + 1
  }
  items <- as.data.frame(sapply(1:5, answer)); names(items) <- paste0("q", 1:5)
  items$q3[sample(n, 20)] <- NA
  write.csv(cbind(group, items), file, row.names = FALSE, quote = FALSE, na = "")
}
made <- read.csv(file)
made <- made[complete.cases(made), ]

nagelkerke <- function(null, ll, n) (1 - exp(2 * (null - ll) / n)) / (1 - exp(2 * null / n))
exact <- list(reltol = 1e-16, maxit = 2000)
dif <- function(data, item, others, match) {
  data$answer <- factor(data[[item]], ordered = TRUE)
  raw <- rowSums(data[c(others, if (match == "total") item)])
  data$score <- (raw - mean(raw)) / sd(raw)
  fit <- function(formula) as.numeric(logLik(polr(formula, data, control = exact)))
  fits <- list(fit(answer ~ 1), fit(answer ~ score), fit(answer ~ score + group), fit(answer ~ score * group))
  ll <- unlist(fits); n <- nrow(data); steps <- length(unique(data$group)) - 1
  change <- function(a, b, df) { chi2 <- 2 * (ll[b] - ll[a]); list(chi2 = chi2, df = df,
    p = pchisq(chi2, df, lower.tail = FALSE), mcfadden = (1 - ll[b] / ll[1]) - (1 - ll[a] / ll[1]),
    nagelkerke = nagelkerke(ll[1], ll[b], n) - nagelkerke(ll[1], ll[a], n)) }
  list(item = item, n = n, loglik = ll, uniform = change(2, 3, steps), non_uniform = change(3, 4, steps),
       total = change(2, 4, 2 * steps),
       group = unname(coef(polr(answer ~ score + group, data, control = exact))[-1]))
}
every_item <- function(data, items, match) lapply(items, function(i) dif(data, i, setdiff(items, i), match))
ordinal <- polr(factor(q1, ordered = TRUE) ~ q2 + group, made, control = exact, Hess = TRUE)

# --- Invariance: one factor, by group ------------------------------------------------------------------------
measures <- c("chisq", "df", "cfi", "rmsea", "srmr", "npar", "logl")
steps <- list(configural = "none", metric = "loadings", scalar = c("loadings", "intercepts"),
              strict = c("loadings", "intercepts", "residuals"))
invariance <- function(model, data, group) lapply(steps, function(equal) {
  fit <- cfa(model, data, group = group, group.equal = equal, std.lv = TRUE, estimator = "ML", meanstructure = TRUE)
  as.list(fitMeasures(fit, measures))
})
moments <- function(data, items, group) { g <- data[[group]]; lapply(split(data[items], factor(g, unique(g))), function(d)
  list(n = nrow(d), mean = unname(colMeans(d)), S = unname(cov(d) * (nrow(d) - 1) / nrow(d)))) }
one <- "f =~ q1 + q2 + q3 + q4 + q5"
school <- HolzingerSwineford1939
names(school)[match(paste0("x", 1:9), names(school))] <- paste0("q", 1:9)
school_items <- c("q4", "q5", "q6", "q7", "q8", "q9")
school_model <- "f =~ q4 + q5 + q6 + q7 + q8 + q9\nq7 ~~ q8\nq8 ~~ q9\nq7 ~~ q9"

# --- PISA 2015 USA -------------------------------------------------------------------------------------------
python <- file.path(".venv", "bin", "python")
csv <- tempfile(fileext = ".csv")
to_csv <- "import polars, sys; polars.read_parquet(sys.argv[1]).write_csv(sys.argv[2], null_value='NA')"
stopifnot(system2(python, c("-c", shQuote(to_csv), shQuote(file.path(folder, "pisa2015_usa.parquet")), csv)) == 0)
pisa <- read.csv(csv); unlink(csv)
items <- sprintf("ST034Q0%dTA", 1:6)
pisa[items[c(2, 3, 5)]] <- 5 - pisa[items[c(2, 3, 5)]]
pisa$group <- factor(pisa$ST004D01T)
pisa <- pisa[complete.cases(pisa[c(items, "group")]), ]

out <- list(
  versions = c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
    sapply(c("MASS", "lavaan"), function(p) as.character(packageVersion(p)), simplify = FALSE)),
  ordinal = list(thresholds = unname(ordinal$zeta), beta = unname(coef(ordinal)), loglik = as.numeric(logLik(ordinal))),
  dif = list(made_up_rest = every_item(made, paste0("q", 1:5), "rest"),
             made_up_total = every_item(made, paste0("q", 1:5), "total"),
             pisa2015_usa = every_item(pisa, items, "rest")),
  invariance = list(
    made_up = list(groups = unique(made$group), moments = unname(moments(made, paste0("q", 1:5), "group")),
                   steps = invariance(one, made, "group")),
    holzinger_swineford = list(groups = unique(school$school), moments = unname(moments(school, school_items, "school")),
                               steps = invariance(school_model, school, "school"))))
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), file.path(here, "measurement.json"))
