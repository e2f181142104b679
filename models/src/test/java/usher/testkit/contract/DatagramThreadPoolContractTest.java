package usher.testkit.contract;

final class DatagramThreadPoolContractTest extends ModelContract {
  DatagramThreadPoolContractTest() {
    super(Contract.datagrams(), "thread-pool");
  }
}
