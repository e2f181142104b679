package usher.testkit.contract;

final class EventLoopWorkersContractTest extends ModelContract {
  EventLoopWorkersContractTest() {
    super(Contract.core(), "event-loop-workers");
  }
}
