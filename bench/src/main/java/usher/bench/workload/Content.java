package usher.bench.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import usher.bench.measure.Answer;
import usher.bench.measure.MeasurementException;

/// What every answer of a workload must hold: a server that answers something else is not measured.
public sealed interface Content {
  /// The small text.
  record Greeting() implements Content {
    private static final byte[] TEXT = "Hello, World!".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void check(Answer answer) throws MeasurementException {
      requireStatus(answer);
      String type = answer.headers().getOrDefault("content-type", "none");
      if (!type.startsWith("text/plain")) {
        throw new MeasurementException("the content type is " + type + ", not text/plain");
      }
      requireBody(answer, TEXT);
    }
  }

  /// A file of that many bytes, as [Files] makes them.
  ///
  /// @param name its name
  /// @param size bytes
  record StaticFile(String name, int size) implements Content {
    /// The bytes: printable, in lines, the same in every run.
    public byte[] bytes() {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + (i / 64 + i) % 26);
      }
      return bytes;
    }

    @Override
    public void check(Answer answer) throws MeasurementException {
      requireStatus(answer);
      requireBody(answer, bytes());
    }
  }

  /// Compares an answer with what it must be.
  ///
  /// @throws MeasurementException with the difference, if it is another one
  void check(Answer answer) throws MeasurementException;

  private static void requireStatus(Answer answer) throws MeasurementException {
    if (answer.status() != 200) {
      throw new MeasurementException(
          "the status is %d, not 200: %s".formatted(answer.status(), answer.excerpt()));
    }
  }

  private static void requireBody(Answer answer, byte[] expected) throws MeasurementException {
    int difference = Arrays.mismatch(answer.body(), expected);
    if (difference >= 0) {
      throw new MeasurementException(
          "the body has %d bytes for %d, and differs from byte %d on"
              .formatted(answer.body().length, expected.length, difference));
    }
  }
}
