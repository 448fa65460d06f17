# The outside witness: survey statistics and reliability in R, written to survey_and_reliability.json.
#   Rscript tests/reference/survey_and_reliability.R [FOLDER WITH pisa2015_usa.parquet]
# Run from the root of the project. R reads no Parquet here: the project's Python turns it into a passing CSV.
suppressPackageStartupMessages({library(survey); library(lavaan); library(psych); library(jsonlite)})
options(survey.replicates.mse = TRUE)   # deviations from the full-sample estimate, as OECD and Judkins do
here <- "tests/reference"
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments)) arguments[1] else "../shared/data"

estimate <- function(x) list(value = unname(as.numeric(coef(x))), se = unname(as.numeric(SE(x))))
gap <- function(stats, a, b) {                      # between rows a and b of svyby(covmat = TRUE)
  weights <- rep(0, length(coef(stats))); weights[a] <- 1; weights[b] <- -1
  estimate(svycontrast(stats, weights))
}
by_group <- function(design, formula, group, a, b) {
  stats <- svyby(formula, group, design, svymean, covmat = TRUE)
  list(groups = names(coef(stats)), value = unname(coef(stats)), se = unname(as.numeric(SE(stats))),
       gap = gap(stats, a, b))
}
against_everyone <- function(design, y, g) {        # overlapping: linearised ratio of four totals
  design <- update(design, one_ = 1, y_ = y, g_ = g, gy_ = g * y)
  totals <- svytotal(~ gy_ + g_ + y_ + one_, design)
  estimate(svycontrast(totals, quote(gy_ / g_ - y_ / one_)))
}
against_everyone_replicates <- function(design, y, g) {
  estimate(withReplicates(design, function(w, data) sum(w * g * y) / sum(w * g) - sum(w * y) / sum(w)))
}
share <- function(design, formula) {
  p <- svyciprop(formula, design, method = "logit", df = degf(design))
  list(value = 100 * as.numeric(coef(p)), se = 100 * as.numeric(SE(p)), low = 100 * attr(p, "ci")[[1]],
       high = 100 * attr(p, "ci")[[2]], df = degf(design))
}
regression <- function(formula, design) {
  m <- svyglm(formula, design)
  list(names = names(coef(m)), value = unname(coef(m)), se = unname(SE(m)), df = m$df.residual, n = nobs(m))
}
t_interval <- function(design, formula) {
  m <- svymean(formula, design)
  list(value = unname(coef(m)), se = unname(as.numeric(SE(m))), low = confint(m, df = degf(design))[1],
       high = confint(m, df = degf(design))[2], df = degf(design), n = nrow(design))
}

# --- A small made-up school: three groups, clusters, missing answers -------------------------------------
small <- read.csv(file.path(here, "made_up_classes.csv"))
small <- small[!is.na(small$y), ]                   # the J of the variance counts clusters with an answer
small$below <- as.numeric(small$y < 50)
replicate_names <- grep("^r[0-9]+$", names(small), value = TRUE)
small_designs <- list(
  clusters = svydesign(ids = ~class, weights = ~w, data = small),
  pupils = svydesign(ids = ~1, weights = ~w, data = small),
  replicates = svrepdesign(weights = ~w, repweights = small[replicate_names], data = small, type = "Fay",
                           rho = 0.3, combined.weights = TRUE, mse = TRUE)
)
made_up <- lapply(small_designs, function(d) {
  everyone <- if (inherits(d, "svyrep.design")) against_everyone_replicates else against_everyone
  list(mean = t_interval(d, ~y), by = by_group(d, ~y, ~group, 3, 1),
       against_everyone = everyone(d, small$y, as.numeric(small$group == "c")),
       regression = regression(y ~ x + group, d), share = share(d, ~below))
})

# --- PISA 2015 USA ---------------------------------------------------------------------------------------
python <- file.path(".venv", "bin", "python")
csv <- tempfile(fileext = ".csv")
to_csv <- "import polars, sys; polars.read_parquet(sys.argv[1]).write_csv(sys.argv[2], null_value='NA')"
stopifnot(system2(python, c("-c", shQuote(to_csv), shQuote(file.path(folder, "pisa2015_usa.parquet")), csv)) == 0)
pisa <- read.csv(csv); unlink(csv)
pisa$girl <- as.numeric(pisa$ST004D01T == 1)
pisa$immigrant <- as.numeric(pisa$IMMIG > 1)
items <- as.matrix(pisa[sprintf("ST034Q0%dTA", 1:6)])
items[, c(2, 3, 5)] <- 5 - items[, c(2, 3, 5)]      # the three positive items
pisa$score <- ifelse(rowSums(!is.na(items)) >= 5, (rowMeans(items, na.rm = TRUE) - 1) / 3 * 100, NA)
pisa$much <- as.numeric(pisa$unfairteacher > 9)
pisa$emblem <- ifelse(is.na(pisa$much), NA, ifelse(pisa$immigrant == 0, "majority",
                      ifelse(pisa$much == 1, "much", "little")))
pisa$below <- as.numeric(pisa$score < 50)
fay <- function(data) svrepdesign(weights = ~W_FSTUWT, repweights = data[sprintf("W_FSTURWT%d", 1:80)],
  data = data, type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
schools <- function(data) svydesign(ids = ~CNTSCHID, weights = ~W_FSTUWT, data = data)

belong <- pisa[!is.na(pisa$BELONG), ]
model <- pisa[complete.cases(pisa[c("BELONG", "girl", "immigrant", "ESCS")]), ]
scored <- pisa[!is.na(pisa$score), ]
emblem <- function(make) {
  # Everyone is all pupils with a score; a pupil of unknown group counts there and in no group.
  d <- make(scored)
  stats <- svyby(~score, ~emblem, subset(d, !is.na(emblem)), svymean, covmat = TRUE)
  list(groups = names(coef(stats)), value = unname(coef(stats)), se = unname(as.numeric(SE(stats))),
       n = as.numeric(table(scored$emblem)), gap = gap(stats, 3, 1))   # much against little
}
much <- as.numeric(!is.na(scored$emblem) & scored$emblem == "much")
pisa_out <- list(
  mean = t_interval(fay(belong), ~BELONG), mean_clusters = t_interval(schools(belong), ~BELONG),
  by = by_group(fay(belong), ~BELONG, ~girl, 2, 1), by_clusters = by_group(schools(belong), ~BELONG, ~girl, 2, 1),
  girls_against_everyone = against_everyone_replicates(fay(belong), belong$BELONG, belong$girl),
  girls_against_everyone_clusters = against_everyone(schools(belong), belong$BELONG, belong$girl),
  regression = regression(BELONG ~ girl + immigrant + ESCS, fay(model)),
  regression_clusters = regression(BELONG ~ girl + immigrant + ESCS, schools(model)),
  emblem = emblem(fay), emblem_clusters = emblem(schools),
  much_against_everyone = against_everyone_replicates(fay(scored), scored$score, much),
  much_against_everyone_clusters = against_everyone(schools(scored), scored$score, much),
  share = share(schools(scored), ~below), share_replicates = share(fay(scored), ~below)
)

# --- Reliability -------------------------------------------------------------------------------------------
complete <- as.data.frame(na.omit(items)); names(complete) <- paste0("i", 1:6)
names_all <- paste0("i", 1:6); all_items <- as.data.frame(items); names(all_items) <- names_all
alpha_of <- function(S) suppressWarnings(psych::alpha(S)$total$raw_alpha)
feldt <- psych::alpha.ci(alpha_of(cov(complete)), n.obs = nrow(complete), n.var = 6)
two <- complete[c("i1", "i6")]
text <- paste0("f =~ ", paste0("l", 1:6, "*i", 1:6, collapse = " + "), "\n",
  paste0("i", 1:6, " ~~ u", 1:6, "*i", 1:6, collapse = "\n"),
  "\nraw := (", paste0("l", 1:6, collapse = "+"), ")^2 / ((", paste0("l", 1:6, collapse = "+"), ")^2 + ",
  paste0("u", 1:6, collapse = "+"), ")\ncommon := (", paste0("l", 1:6, "/sqrt(l", 1:6, "^2+u", 1:6, ")", collapse = "+"),
  ")^2\nunique := ", paste0("u", 1:6, "/(l", 1:6, "^2+u", 1:6, ")", collapse = "+"),
  "\nstandardised := common / (common + unique)")
fit <- cfa(text, complete, std.lv = TRUE)
pars <- parameterEstimates(fit)
row_of <- function(label) pars[pars$label == label, ]
omega_psych <- function(x) suppressWarnings(suppressMessages(
  psych::omega(x, nfactors = 1, fm = "ml", plot = FALSE)$omega.tot))
reliability <- list(
  n = nrow(complete), S = unname(as.matrix(cov(complete))), S_pairwise = unname(cov(items, use = "pairwise")),
  R_pairwise = unname(cor(items, use = "pairwise")),
  alpha = alpha_of(cov(complete)), alpha_low = feldt$lower.ci, alpha_high = feldt$upper.ci,
  alpha_pairwise = alpha_of(cov(items, use = "pairwise")), alpha_two = alpha_of(cov(two)),
  loadings = sapply(paste0("l", 1:6), function(l) row_of(l)$est),
  uniquenesses = sapply(paste0("u", 1:6), function(u) row_of(u)$est),
  objective = 2 * unname(fitMeasures(fit, "fmin")),
  omega_raw = row_of("raw")$est, omega_raw_se = row_of("raw")$se,
  omega_standardised = row_of("standardised")$est, omega_standardised_se = row_of("standardised")$se,
  omega_psych = omega_psych(all_items), omega_psych_complete = omega_psych(complete)
)
reliability$loadings <- unname(reliability$loadings); reliability$uniquenesses <- unname(reliability$uniquenesses)

versions <- c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
  sapply(c("survey", "lavaan", "psych"), function(p) as.character(packageVersion(p)), simplify = FALSE))
out <- list(versions = versions, made_up = made_up, pisa2015_usa = pisa_out, reliability = reliability)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), file.path(here, "survey_and_reliability.json"))
