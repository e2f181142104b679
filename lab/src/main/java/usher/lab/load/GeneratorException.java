package usher.lab.load;

/// The load generator could not do what it was to do. That says nothing about the server: what a
/// server does wrong stands in the report.
public final class GeneratorException extends Exception {
  private static final long serialVersionUID = 1;

  GeneratorException(String message) {
    super(message);
  }
}
