package usher.lab.recommend;

/// A subject that does not meet a constraint.
///
/// @param reason with the figures: `p99 of 480 ms at 100 requests/s, over the objective of 50 ms`
public record Exclusion(String subject, Rule rule, String reason) {}
