package usher.testkit.contract;

final class DatagramThreadPerConnectionContractTest extends ModelContract {
  DatagramThreadPerConnectionContractTest() {
    super(Contract.datagrams(), "thread-per-connection");
  }
}
