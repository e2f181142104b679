package usher.testkit.contract;

final class DatagramIterativeContractTest extends ModelContract {
  DatagramIterativeContractTest() {
    super(Contract.datagrams(), "iterative");
  }
}
