package usher.testkit.contract;

final class ThreadPerConnectionContractTest extends ModelContract {
  ThreadPerConnectionContractTest() {
    super(Contract.core(), "thread-per-connection");
  }
}
