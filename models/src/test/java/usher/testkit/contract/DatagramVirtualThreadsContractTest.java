package usher.testkit.contract;

final class DatagramVirtualThreadsContractTest extends ModelContract {
  DatagramVirtualThreadsContractTest() {
    super(Contract.datagrams(), "virtual-threads");
  }
}
