package usher.lab.experiment;

/// Nothing can be measured, and why.
public final class LabException extends Exception {
  private static final long serialVersionUID = 1;

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
