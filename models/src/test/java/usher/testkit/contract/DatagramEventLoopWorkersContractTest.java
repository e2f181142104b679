package usher.testkit.contract;

final class DatagramEventLoopWorkersContractTest extends ModelContract {
  DatagramEventLoopWorkersContractTest() {
    super(Contract.datagrams(), "event-loop-workers");
  }
}
