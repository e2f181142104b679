package usher.testkit.contract;

final class IterativeContractTest extends ModelContract {
  IterativeContractTest() {
    super(Contract.core(), "iterative");
  }
}
