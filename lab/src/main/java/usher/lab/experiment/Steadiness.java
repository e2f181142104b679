package usher.lab.experiment;

import java.util.ArrayList;
import java.util.List;

/// Judges when a server has warmed up: when its last three rates lie within [#SPREAD] of each
/// other, or no longer rise.
///
/// Pure.
final class Steadiness {
  private static final double SPREAD = 0.08;
  private static final int WINDOW = 3;

  private final List<Double> rates = new ArrayList<>();

  /// The last rates, at most three, the least first; empty where there was none.
  List<Double> last() {
    return rates.subList(Math.max(0, rates.size() - WINDOW), rates.size()).stream()
        .sorted()
        .toList();
  }

  /// Whether the last rate is above all others by more than they may differ.
  boolean rising() {
    double before =
        rates.stream().limit(rates.size() - 1L).mapToDouble(Double::doubleValue).max().orElse(0);
    return rates.size() > 1 && rates.getLast() > before * (1 + SPREAD);
  }

  /// Takes the next rate.
  ///
  /// @return whether it is steady now
  boolean add(double rate) {
    rates.add(rate);
    if (rates.size() < WINDOW) {
      return false;
    }
    List<Double> last = rates.subList(rates.size() - WINDOW, rates.size());
    double least = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    boolean falls = last.get(0) >= last.get(1) && last.get(1) >= last.get(2);
    return most - least <= SPREAD * most || falls;
  }
}
