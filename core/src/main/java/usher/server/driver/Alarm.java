package usher.server.driver;

/// Something with a deadline, kept in an [AlarmHeap].
///
/// Two times, so that moving a deadline later costs one store: [#due] is when it is really due and
/// moves with each request; [#ring], its place in the heap, is when it is looked at next and moves
/// only when it must come earlier. Rings with nothing due are put off and nobody notices.
///
/// Owner: [#due] is written by the connection's owner and read by whoever watches; the rest belongs
/// to the heap.
abstract class Alarm {
  /// When this is due, in the server's nanoseconds; [Long#MAX_VALUE] for never.
  volatile long due = Long.MAX_VALUE;

  /// When the heap looks at this again. Never after [#due], but for the moment between the two.
  long ring;

  /// Index in the heap, -1 outside of it.
  int slot = -1;
}
