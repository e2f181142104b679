/// What obeys the steps of a session: the readiness driver ([usher.server.driver.Loop]) and the
/// blocking driver ([usher.server.driver.BlockingDriver]), both on the one stepping machine of
/// [usher.server.driver.Connection]; datagrams need no stepping and come in by a
/// [usher.server.driver.Receiver] on a loop. Not exported.
@org.jspecify.annotations.NullMarked
package usher.server.driver;
