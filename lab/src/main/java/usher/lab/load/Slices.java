package usher.lab.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/// The counted time in tenths of a second. A slice has a histogram only while answers to what was
/// due in it may still come, then two figures; so there are as many histograms as slices fit into
/// the patience.
final class Slices {
  static final long NANOS = 100_000_000;
  private static final int DIGITS = 2;

  private final long[] due;
  private final long[] good;
  private final double[] p99;
  private final double[] max;
  private final @Nullable IntCountsHistogram[] open;
  private final Deque<IntCountsHistogram> spare = new ArrayDeque<>();
  private final long longestMicros;
  private int closed;

  /// @param nanos of the counted time
  /// @param longest of a good answer, in nanoseconds
  Slices(long nanos, long longest) {
    int count = Math.toIntExact((nanos + NANOS - 1) / NANOS);
    this.due = new long[count];
    this.good = new long[count];
    this.p99 = new double[count];
    this.max = new double[count];
    this.open = new IntCountsHistogram[count];
    this.longestMicros = Math.max(2, longest / 1_000);
  }

  /// @param at nanoseconds of the counted time
  void due(long at) {
    due[(int) (at / NANOS)]++;
  }

  /// @param at nanoseconds of the counted time, when it was due
  void good(long at, long latency) {
    int slice = (int) (at / NANOS);
    good[slice]++;
    if (slice < closed) {
      return; // later than the longest: it cannot be
    }
    IntCountsHistogram histogram = open[slice];
    if (histogram == null) {
      IntCountsHistogram used = spare.poll();
      histogram = used == null ? new IntCountsHistogram(1, longestMicros, DIGITS) : used;
      open[slice] = histogram;
    }
    histogram.recordValue(Math.clamp(latency / 1_000, 0, longestMicros));
  }

  /// Closes the slices for which nothing more will come.
  ///
  /// @param at nanoseconds of the counted time, before which all is known
  void close(long at) {
    while (closed < open.length && (closed + 1) * NANOS <= at) {
      closeNext();
    }
  }

  private void closeNext() {
    IntCountsHistogram histogram = open[closed];
    if (histogram != null) {
      p99[closed] = histogram.getValueAtPercentile(99) / 1_000.0;
      max[closed] = histogram.getMaxValue() / 1_000.0;
      histogram.reset();
      spare.push(histogram);
      open[closed] = null;
    }
    closed++;
  }

  /// @param nanos of the counted time, if it ended earlier than was planned
  List<LoadReport.Slice> until(long nanos) {
    return all().subList(0, Math.toIntExact(Math.min(due.length, (nanos + NANOS - 1) / NANOS)));
  }

  List<LoadReport.Slice> all() {
    while (closed < open.length) {
      closeNext();
    }
    List<LoadReport.Slice> all = new ArrayList<>(due.length);
    for (int i = 0; i < due.length; i++) {
      all.add(new LoadReport.Slice(due[i], good[i], p99[i], max[i]));
    }
    return all;
  }
}
