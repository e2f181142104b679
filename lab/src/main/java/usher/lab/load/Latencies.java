package usher.lab.load;

/// A histogram of latencies, with three digits, from a microsecond to ten minutes.
///
/// @param compressed an HdrHistogram of microseconds in its compressed form, in base 64
public record Latencies(String compressed) {}
