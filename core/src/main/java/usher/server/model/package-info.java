/// The models, one file each, side by side: read two of them to see in what they differ. A model is
/// placement only: it decides which thread drives which connection. Not exported;
/// [usher.server.Model] names them.
@org.jspecify.annotations.NullMarked
package usher.server.model;
