package usher.testkit.contract;

final class DatagramEventLoopContractTest extends ModelContract {
  DatagramEventLoopContractTest() {
    super(Contract.datagrams(), "event-loop");
  }
}
