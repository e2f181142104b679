package usher.testkit.contract;

final class DatagramEventLoopsContractTest extends ModelContract {
  DatagramEventLoopsContractTest() {
    super(Contract.datagrams(), "event-loops");
  }
}
