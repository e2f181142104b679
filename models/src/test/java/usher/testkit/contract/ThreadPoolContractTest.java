package usher.testkit.contract;

final class ThreadPoolContractTest extends ModelContract {
  ThreadPoolContractTest() {
    super(Contract.core(), "thread-pool");
  }
}
