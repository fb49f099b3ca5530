using System.Collections.Immutable;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A column of a record under the name by which a mapping calls it.</summary>
/// <param name="Name">Name in the mapping.</param>
/// <param name="Headers">Headers or JSON keys under which it may stand; the first that occurs is taken.</param>
/// <param name="Optional">The file may lack the column.</param>
/// <param name="LookedUp">The value comes from another file, not from the record.</param>
public sealed record Column(string Name, ImmutableArray<string> Headers, bool Optional, bool LookedUp = false);
