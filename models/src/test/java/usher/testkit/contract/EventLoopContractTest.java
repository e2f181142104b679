package usher.testkit.contract;

final class EventLoopContractTest extends ModelContract {
  EventLoopContractTest() {
    super(Contract.core(), "event-loop");
  }
}
