package usher.bench.measure;

/// A measurement that does not count, with the reason in one line: the server did not start, died,
/// answered something else than it should, or lost connections.
public final class MeasurementException extends Exception {
  private static final long serialVersionUID = 1L;

  public MeasurementException(String message) {
    super(message);
  }
}
