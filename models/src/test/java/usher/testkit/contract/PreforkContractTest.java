package usher.testkit.contract;

final class PreforkContractTest extends ModelContract {
  PreforkContractTest() {
    super(Contract.core(), "prefork");
  }
}
