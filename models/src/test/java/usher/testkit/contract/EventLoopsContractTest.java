package usher.testkit.contract;

final class EventLoopsContractTest extends ModelContract {
  EventLoopsContractTest() {
    super(Contract.core(), "event-loops");
  }
}
