# Mixed models by lme4 on data made here, and what it gave: tests/reference/mixed_models.json.
#   Rscript tests/reference/mixed_models.R
suppressPackageStartupMessages({library(lme4); library(lmerTest); library(jsonlite)})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))

set.seed(20261122)
# Growth: 3 to 5 yearly scores of 6 to 14 pupils in 24 schools; some are missing; two boards of schools.
growth <- do.call(rbind, lapply(1:24, function(s) {
  u <- rnorm(2, 0, c(3, 0.6))
  do.call(rbind, lapply(seq_len(sample(6:14, 1)), function(p) {
    v <- rnorm(2, 0, c(4, 0.9)); year <- seq_len(sample(3:5, 1)) - 1
    data.frame(school = s, pupil = 100 * s + p, year = year, girl = sample(0:1, 1),
      track = sample(c("a", "b", "c"), 1), score = round(50 + u[1] + v[1] + (2 + u[2] + v[2]) * year +
      rnorm(length(year), 0, 3), 2))
  }))
}))
growth$girl <- ave(growth$girl, growth$pupil, FUN = function(x) x[1])
growth$track <- ave(growth$track, growth$pupil, FUN = function(x) x[1])
growth$w <- round(runif(nrow(growth), 0.4, 2.5), 2)
growth$year[sample(nrow(growth), 20)] <- NA
growth$score[sample(nrow(growth), 25)] <- NA

# Crossed: pupils in classes of 8 schools, and 9 strata that cross them; ratings by 12 teachers.
ratings <- do.call(rbind, lapply(1:90, function(p) {
  school <- (p - 1) %/% 12 + 1; class <- 10 * school + (p - 1) %% 12 %/% 6
  data.frame(pupil = p, class = class, school = school, stratum = sample(9, 1), teacher = sample(12, sample(2:5, 1)))
}))
b <- list(pupil = rnorm(90, 0, 1.2), class = rnorm(120, 0, 0.7), school = rnorm(9, 0, 0.9),
  stratum = rnorm(9, 0, 0.8), teacher = rnorm(12, 0, 0.6), slope = rnorm(12, 0, 0.4))
ratings$x <- round(rnorm(nrow(ratings)), 3)
ratings$y <- round(with(ratings, 5 + 0.5 * x + b$pupil[pupil] + b$class[class] + b$school[school] +
  b$stratum[stratum] + b$teacher[teacher] + b$slope[teacher] * x + rnorm(length(x))), 3)
ratings$yes <- rbinom(nrow(ratings), 1, plogis(-0.4 + 0.5 * ratings$x + b$teacher[ratings$teacher]))

# Boundary: no variance between classes at all, within what chance gives.
flat <- data.frame(class = rep(1:15, each = 8), x = round(rnorm(120), 3))
flat$y <- round(3 + flat$x + rnorm(120), 3)
flat$y <- round(flat$y - ave(flat$y, flat$class) + mean(flat$y), 3)

control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5), calc.derivs = FALSE,
  check.conv.singular = "ignore")
told <- function(formula, data, name, reml = TRUE, weights = NULL, profile = FALSE) {
  data$wt <- if (is.null(weights)) 1 else data[[weights]]
  m <- lmer(as.formula(formula), data, REML = reml, weights = wt, control = control)
  # Once more from there: bobyqa stops a little short.
  m <- update(m, start = getME(m, "theta"))
  found <- list(formula = formula, data = name, reml = reml, weights = weights, n = nobs(m),
    groups = as.list(ngrps(m)), beta = as.list(fixef(m)), se = as.list(sqrt(diag(as.matrix(vcov(m))))),
    df = as.list(coef(summary(m, ddf = "Satterthwaite"))[, "df", drop = TRUE]), loglik = as.numeric(logLik(m)), sigma2 = sigma(m)^2,
    variances = as.data.frame(VarCorr(m))[, 1:4], boundary = isSingular(m))
  if (length(fixef(m)) == 1) found$df <- list(`(Intercept)` = coef(summary(m))[1, "df"])
  modes <- ranef(m, condVar = TRUE)
  found$modes <- lapply(modes, function(r) list(names = rownames(r), value = unname(as.matrix(r)),
    variance = if (is.list(attr(r, "postVar"))) NULL else apply(attr(r, "postVar"), 3, diag)))
  if (profile) {
    ci <- suppressWarnings(confint(profile(refitML(m), which = "theta_", signames = FALSE, devtol = 1e-12, delta.cutoff = 1/40), level = 0.95))
    found$profile <- list(names = rownames(ci), low = ci[, 1], high = ci[, 2])
  }
  found
}
fits <- list(
  growth_three_levels = told("score ~ year + girl + track + (1 + year | school) + (1 + year | pupil)", growth, "growth"),
  growth_three_levels_ml = told("score ~ year * girl + (1 | school/pupil)", growth, "growth", FALSE, profile = TRUE),
  growth_apart = told("score ~ year + (1 + year || pupil) + (1 | school)", growth, "growth"),
  growth_weights = told("score ~ year + girl + (1 + year | pupil)", growth, "growth", weights = "w"),
  growth_weights_ml = told("score ~ year + (1 | pupil)", growth, "growth", FALSE, weights = "w", profile = TRUE),
  growth_slope_of_category = told("score ~ year + track + (1 + track | school)", growth, "growth"),
  ratings_crossed = told("y ~ x + (1 | pupil) + (1 | teacher)", ratings, "ratings", profile = TRUE),
  ratings_nested_and_crossed = told("y ~ x + (1 | school/class) + (1 | stratum)", ratings, "ratings"),
  ratings_all = told("y ~ x + (1 | pupil) + (1 | school) + (1 + x | teacher) + (1 | stratum)", ratings, "ratings", FALSE),
  flat = told("y ~ x + (1 | class)", flat, "flat"),
  flat_slopes = told("y ~ x + (1 + x | class)", flat, "flat", FALSE)
)
logistic <- function(formula, points = 1) {
  g <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5), calc.derivs = FALSE, check.conv.singular = "ignore")
  m <- glmer(as.formula(formula), ratings, binomial, nAGQ = points, control = g)
  m <- update(m, start = list(theta = getME(m, "theta"), fixef = fixef(m)))
  list(formula = formula, points = points, n = nobs(m), beta = as.list(fixef(m)),
    se = as.list(sqrt(diag(as.matrix(vcov(m, use.hessian = FALSE))))), loglik = as.numeric(logLik(m)),
    variances = as.data.frame(VarCorr(m))[, 1:4])
}
logistics <- list(teacher = logistic("yes ~ x + (1 | teacher)"), teacher_points = logistic("yes ~ x + (1 | teacher)", 11),
  crossed = logistic("yes ~ x + (1 | teacher) + (1 | school)"))
# Posterior of a random intercept by lme4's own restricted deviance on a grid: flat coefficients, 1 / sigma2, and a
# half-Cauchy relative standard deviation with scale 1.
posterior <- function(formula, data) {
  formula <- as.formula(formula)
  deviance <- lmer(formula, data, devFunOnly = TRUE); theta <- (seq_len(4000) - 0.5) / 4000 * 12
  log <- -sapply(theta, deviance) / 2 - log1p(theta^2)
  weight <- exp(log - max(log)); weight <- weight / sum(weight)
  at <- function(values, p) approx(cumsum(weight) - weight / 2, values, p, ties = "ordered")$y
  keep <- which(weight > 1e-9)
  parts <- lapply(theta[keep], function(t) {
    deviance(t)  # lme4 takes its numbers from where the deviance was last asked
    pp <- environment(deviance)$pp; df <- nrow(data) - length(pp$delb)
    list(beta = pp$beta(1), se = sqrt(diag(chol2inv(pp$RX()))) * sqrt((environment(deviance)$resp$wrss() + pp$sqrL(1)) / df), df = df)
  })
  of_slope <- function(p) uniroot(function(x) sum(weight[keep] * sapply(parts, function(k) pt((x - k$beta[2]) / k$se[2], k$df))) - p, c(-5, 5), tol = 1e-10)$root
  list(formula = deparse(formula), share = at(theta^2 / (1 + theta^2), c(.05, .5, .9, .95)), slope = sapply(c(.05, .5, .95), of_slope))
}
posteriors <- list(few = posterior("y ~ x + (1 | teacher)", ratings), none = posterior("y ~ x + (1 | class)", flat))
write.csv(growth, file.path(here, "mixed_growth.csv"), row.names = FALSE, quote = FALSE)
write.csv(ratings, file.path(here, "mixed_ratings.csv"), row.names = FALSE, quote = FALSE)
write.csv(flat, file.path(here, "mixed_flat.csv"), row.names = FALSE, quote = FALSE)
versions <- list(R = R.version.string, lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest")))
writeLines(toJSON(list(versions = versions, fits = fits, logistic = logistics, posterior = posteriors), auto_unbox = TRUE, digits = 15, na = "null", null = "null"),
  file.path(here, "mixed_models.json"))
