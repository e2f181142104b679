package usher.lab.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// A histogram of latencies, with three digits, from a microsecond to ten minutes.
///
/// Reading one costs more than a field access: who asks for several figures takes [#histogram]
/// once.
///
/// @param compressed an HdrHistogram of microseconds in its compressed form, in base 64
public record Latencies(String compressed) {
  private static final long LONGEST_MICROS = 600_000_000;
  private static final int DIGITS = 3;
  private static final double MILLI = 1_000.0;

  /// None at all.
  public static Latencies none() {
    return of(blank());
  }

  /// Those of a histogram of microseconds.
  public static Latencies of(Histogram histogram) {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int size = histogram.encodeIntoCompressedByteBuffer(bytes);
    byte[] exact = new byte[size];
    bytes.flip().get(exact);
    return new Latencies(Base64.getEncoder().encodeToString(exact));
  }

  /// All of several, together.
  public static Latencies merged(Collection<Latencies> several) {
    Histogram sum = blank();
    several.forEach(one -> sum.add(one.histogram()));
    return of(sum);
  }

  /// An empty histogram of the kind that is used here: of microseconds.
  public static Histogram blank() {
    return new Histogram(1, LONGEST_MICROS, DIGITS);
  }

  /// A histogram of microseconds, a new one each time.
  ///
  /// @throws IllegalStateException if the text is none
  public Histogram histogram() {
    try {
      byte[] bytes = Base64.getDecoder().decode(compressed);
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), LONGEST_MICROS);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalStateException("not a histogram", e);
    }
  }

  public long count() {
    return histogram().getTotalCount();
  }

  /// The latency in milliseconds that so many percent of them do not exceed; 0 where there are
  /// none.
  ///
  /// @param percent from 0 to 100, such as 99.9
  public double millis(double percent) {
    return histogram().getValueAtPercentile(percent) / MILLI;
  }

  /// Their mean in milliseconds; 0 where there are none.
  public double meanMillis() {
    Histogram all = histogram();
    return all.getTotalCount() == 0 ? 0 : all.getMean() / MILLI;
  }

  /// The longest of them in milliseconds; 0 where there are none.
  public double maxMillis() {
    return histogram().getMaxValue() / MILLI;
  }

  /// Writes a time into a histogram of this kind; one beyond its end counts as the end.
  static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
  }
}
