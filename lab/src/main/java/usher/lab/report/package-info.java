/// A result for people: the table on the terminal, `report.md`, and `report.html` that needs
/// nothing but itself.
///
/// Reads a result and makes text of it; only [ReportFiles] touches files, and only [Plot] needs the
/// JDK's graphics (without a screen).
@NullMarked
package usher.lab.report;

import org.jspecify.annotations.NullMarked;
