package usher.testkit.contract;

final class VirtualThreadsContractTest extends ModelContract {
  VirtualThreadsContractTest() {
    super(Contract.core(), "virtual-threads");
  }
}
