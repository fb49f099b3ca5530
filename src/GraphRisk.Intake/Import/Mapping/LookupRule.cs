using System.Collections.Immutable;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// Columns that a record borrows from another file of the same folder: an account's row names its client by number, and
/// only the client's row says whether that is a person.
/// </summary>
/// <param name="File">Name of the file.</param>
/// <param name="Mapping">Mapping by which that file is read.</param>
/// <param name="Key">Column of the other mapping that <paramref name="By"/> names; null for the key of its records.</param>
/// <param name="By">Column that names the other record.</param>
/// <param name="Take">Columns of the other mapping, by their names, and the columns they fill here.</param>
/// <param name="Optional">A record without partner is sound; its borrowed columns are absent.</param>
public sealed record LookupRule(
    string File, string Mapping, string? Key, int By, ImmutableArray<(string Theirs, int Ours)> Take, bool Optional);
