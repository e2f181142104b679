package usher.testkit.contract;

final class ProcessPerConnectionContractTest extends ModelContract {
  ProcessPerConnectionContractTest() {
    super(Contract.core(), "process-per-connection");
  }
}
