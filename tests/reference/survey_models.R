# The outside witness: quantiles, logistic regression, jackknives and plausible values in R's survey and mitools,
# written to survey_models.json.
#   Rscript tests/reference/survey_models.R [FOLDER WITH pisa2015_usa.parquet]
# Run from the root of the project. R reads no Parquet here: the project's Python turns it into a passing CSV.
suppressPackageStartupMessages({library(survey); library(mitools); library(jsonlite)})
options(survey.replicates.mse = TRUE)
here <- "tests/reference"
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments)) arguments[1] else "../shared/data"
exact <- glm.control(epsilon = 1e-15, maxit = 100)   # svyglm's own stops at 1e-8 of the deviance

model <- function(m) list(names = names(coef(m)), value = unname(coef(m)), se = unname(SE(m)), df = m$df.residual)
mean_of <- function(d) { m <- svymean(~y, d); list(value = unname(coef(m)), se = as.numeric(SE(m)), df = degf(d)) }
at <- c(0.05, 0.25, 0.5, 0.75, 0.9)
quantiles <- function(formula, design, type) {
  q <- svyquantile(formula, design, at, interval.type = type, df = degf(design))[[1]]
  list(p = at, value = unname(q[, 1]), low = unname(q[, 2]), high = unname(q[, 3]), se = unname(q[, 4]), df = degf(design))
}

# --- A small made-up school; its jackknife weights are made by rule, here and in the test --------------------
small <- read.csv(file.path(here, "made_up_classes.csv"))
small$low <- as.numeric(small$y < 55)
classes <- sort(unique(small$class)); G <- length(classes)
leave_out <- function(k, among, factor) {           # class k is out, the others among are raised
  w <- small$w
  w[small$class == k] <- 0
  raised <- small$class %in% among & small$class != k
  w[raised] <- w[raised] * factor
  w
}
jk1 <- sapply(classes, leave_out, among = classes, factor = G / (G - 1))
zones <- split(classes, (seq_along(classes) - 1) %/% 2)
one <- sapply(zones, function(z) leave_out(z[1], z, 2))
both <- cbind(one, sapply(zones, function(z) leave_out(z[2], z, 2)))
strata <- split(classes, (seq_along(classes) - 1) %/% 5)
jkn <- do.call(cbind, lapply(strata, function(s) sapply(s, leave_out, among = s, factor = length(s) / (length(s) - 1))))
factors <- unlist(lapply(strata, function(s) rep((length(s) - 1) / length(s), length(s))))
known <- !is.na(small$y)
design <- function(weights, ...) svrepdesign(weights = ~w, repweights = weights[known, ], data = small[known, ],
  combined.weights = TRUE, mse = TRUE, ...)
replicate_names <- grep("^r[0-9]+$", names(small), value = TRUE)
designs <- list(
  fay = design(as.matrix(small[replicate_names]), type = "Fay", rho = 0.3),
  jk1 = design(jk1, type = "JK1", scale = (G - 1) / G, rscales = rep(1, G)),
  jk2 = design(one, type = "JK2", scale = 1, rscales = rep(1, ncol(one))),
  "jk2-both" = design(both, type = "other", scale = 0.5, rscales = rep(1, ncol(both))),
  jkn = design(jkn, type = "JKn", scale = 1, rscales = unname(factors)),
  clusters = svydesign(ids = ~class, weights = ~w, data = small[known, ]),
  pupils = svydesign(ids = ~1, weights = ~w, data = small[known, ])
)
made_up <- lapply(names(designs), function(name) { d <- designs[[name]]; suppressWarnings(list(
  mean = mean_of(d), quantiles = quantiles(~y, d, if (name == "fay") "quantile" else "mean"),
  regression = model(svyglm(y ~ x, d)),
  logistic = model(svyglm(low ~ x, d, family = quasibinomial(), control = exact)))) })
names(made_up) <- names(designs)
made_up$factors <- unname(factors)

# --- PISA 2015 USA -------------------------------------------------------------------------------------------
python <- file.path(".venv", "bin", "python")
csv <- tempfile(fileext = ".csv")
to_csv <- "import polars, sys; polars.read_parquet(sys.argv[1]).write_csv(sys.argv[2], null_value='NA')"
stopifnot(system2(python, c("-c", shQuote(to_csv), shQuote(file.path(folder, "pisa2015_usa.parquet")), csv)) == 0)
pisa <- read.csv(csv); unlink(csv)
pisa$girl <- as.numeric(pisa$ST004D01T == 1)
pisa$immigrant <- as.numeric(pisa$IMMIG > 1)
pisa$above <- as.numeric(pisa$BELONG > 0)
fay <- function(data) svrepdesign(weights = ~W_FSTUWT, repweights = data[sprintf("W_FSTURWT%d", 1:80)],
  data = data, type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
schools <- function(data) svydesign(ids = ~CNTSCHID, weights = ~W_FSTUWT, data = data)
belong <- pisa[!is.na(pisa$BELONG), ]
whole <- pisa[complete.cases(pisa[c("BELONG", "girl", "immigrant", "ESCS")]), ]
formula <- above ~ girl + immigrant + ESCS

pooled <- function(fits, df) {
  each <- MIcombine(lapply(fits, coef), lapply(fits, function(f) as.matrix(vcov(f))), df.complete = df)
  list(names = names(coef(each)), value = unname(coef(each)), se = unname(sqrt(diag(as.matrix(vcov(each))))))
}
with_each <- function(task) lapply(1:10, function(m) task(m, paste0("PV", m, "MATH")))
background <- fay(pisa[complete.cases(pisa[c("girl", "immigrant", "ESCS")]), ])
home <- fay(pisa[complete.cases(pisa[c("girl", "ESCS")]), ])
everyone <- fay(pisa)
sense <- fay(whole)
plausible <- list(
  mean = pooled(with_each(function(m, pv) svymean(as.formula(paste("~", pv)), everyone)), 79),
  regression = pooled(with_each(function(m, pv)
    svyglm(as.formula(paste(pv, "~ girl + immigrant + ESCS")), background)), 76),
  predictor = pooled(with_each(function(m, pv)
    svyglm(as.formula(paste("BELONG ~ girl + immigrant + ESCS +", pv)), sense)), 75),
  logistic = pooled(with_each(function(m, pv)
    svyglm(as.formula(paste0("as.numeric(", pv, " < 420) ~ girl + ESCS")), home, family = quasibinomial(),
           control = exact)), 77))
pisa_out <- list(quantiles = quantiles(~BELONG, fay(belong), "quantile"),
  quantiles_clusters = quantiles(~BELONG, schools(belong), "mean"),
  logistic = model(svyglm(formula, fay(whole), family = quasibinomial(), control = exact)),
  logistic_clusters = model(svyglm(formula, schools(whole), family = quasibinomial(), control = exact)),
  plausible = plausible)

versions <- c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
  sapply(c("survey", "mitools"), function(p) as.character(packageVersion(p)), simplify = FALSE))
write(toJSON(list(versions = versions, made_up = made_up, pisa2015_usa = pisa_out), digits = NA, auto_unbox = TRUE,
  pretty = TRUE, na = "null"), file.path(here, "survey_models.json"))
