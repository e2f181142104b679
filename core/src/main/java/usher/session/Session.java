package usher.session;

import java.nio.ByteBuffer;

/// One conversation with one peer: a pure state machine that is fed inputs and asked for steps.
///
/// The driver's side of the bargain, in a picture:
///
/// ```
///        receive · receiveEnd · complete · expire · drain
///                            │
///                            ▼
///       ┌──────────► next(now) ──► Write · SendFile · Call · …  ──┐
///       │                    │                                    │
///       └────────────────────┼──── the driver obeys ◄─────────────┘
///                            ▼
///              Park: wait for input, a completion or the deadline
/// ```
///
/// Rules:
/// - No I/O, threads, locks, clocks, randomness, statics. Time comes as an argument.
/// - Every method is called by the connection's single owner of the moment, never by two threads at
///   once and never from within another method of the same session.
/// - After every input the driver asks [#next] until it parks, closes or aborts.
/// - A session never keeps the buffer that [#receive] lends to it, and takes bytes cut at any
///   place, down to one at a time.
/// - Whatever a session throws ends its connection, and no other.
///
/// Where datagrams carry the session ([Protocol#carriage]):
/// - [#receive] gives one datagram, whole; the first is the one that opened the session. A session
///   takes it by taking any of its bytes: what it leaves of it then is dropped. One that it leaves
///   untouched is offered again after its next step; if it parks for input instead, it is dropped.
///   The next datagram comes only then; until it does, the system keeps what fits its buffer.
/// - Each [Step.Write] is one datagram and leaves at once. What is lost on the way, nobody tells.
/// - There is no end of input, so [#receiveEnd] is never called, and a session that waits for
///   anything but a call has a deadline: it may be the only word that its peer has gone. (If the
///   peer's system says so, the session is [#lost] with [Cause.Kind#PEER_GONE].)
/// - Steps that need a stream fail: a part of a file, lent streams, shutting one side. Closing does
///   not linger.
///
/// Time is in nanoseconds since the server's start: it never runs backwards and is never negative.
public interface Session {
  /// The [#deadline] of a session that waits for as long as it takes.
  long NEVER = Long.MAX_VALUE;

  /// Tells [#drain] that there is no hurry: a peer may go on for as long as it likes, and is parted
  /// from where its protocol has a word for that, or when it would have been in any case.
  long UNHURRIED = Long.MAX_VALUE;

  /// Bytes have come. The session takes what it can; what it leaves is kept and offered again, with
  /// whatever has come since, when the session next parks for input. A session that parks for input
  /// while it leaves a full buffer untouched can never go on: the driver ends the connection.
  void receive(ByteBuffer in);

  /// The peer has shut its side: no byte follows. It may still read, so this is an input like any
  /// other and not a close. Called at most once.
  void receiveEnd();

  /// A call that this session asked for has ended. Calls that end after the connection, or after
  /// [Step.Become], are not reported.
  void complete(long key, Outcome outcome);

  /// The deadline has passed. The session moves it, or makes an end.
  void expire(long now);

  /// The server, or the model that serves this connection, wants to end: answer what is in flight,
  /// then close. May be called again, with less time.
  ///
  /// @param parting for how many nanoseconds from now a peer that is silent just now may still be
  ///   awaited, since what it has sent may be on its way; or [#UNHURRIED]
  void drain(long parting);

  /// The connection is gone, for whatever reason; release what is held. The last call, made once
  /// for every session, also after [Step.Close].
  void lost(Cause cause);

  /// What to do next.
  Step next(long now);

  /// What it is at, in a few words such as `GET /report`, or nothing: for reports of handlers that
  /// take too long. The one method that any thread may call, at any time: it answers from what it
  /// can see, which may be out of date, and changes nothing.
  default String task() {
    return "";
  }

  /// When to call [#expire] if nothing else happens, or [#NEVER]. Read after [#next] has parked.
  long deadline();
}
