/// Server models of several processes: the parent that starts, watches and replaces its children,
/// and what a child needs to know of itself. Not exported.
///
/// The parent binds; a child gets the listening socket as descriptor 0, and two pipes:
///
/// ```
///   parent ── life (3): told to leave; its end is the parent's end ──► child
///   parent ◄── news (4): ready, alive, who came and went ───────────── child
/// ```
///
/// See docs/adr/0013-processes.md for why it is done so.
@org.jspecify.annotations.NullMarked
package usher.server.process;
