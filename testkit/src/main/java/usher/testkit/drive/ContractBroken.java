package usher.testkit.drive;

/// A session did what the contract forbids: a test that meets it fails.
public final class ContractBroken extends AssertionError {
  private static final long serialVersionUID = 1;

  ContractBroken(String message) {
    super(message);
  }
}
