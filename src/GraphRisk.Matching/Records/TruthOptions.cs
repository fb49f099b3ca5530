using System.Text.RegularExpressions;

namespace GraphRisk.Matching.Records;

/// <summary>Where the truth stands: which entity each record really is about.</summary>
/// <param name="Column">Column that names the entity; of the key file where there is one, of the inputs otherwise.</param>
public sealed record TruthOptions(string Column)
{
    /// <summary>What of a value names the entity: the first group, or all that it matches; the whole value where absent.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>A file beside the inputs that has the truth, joined by the columns it has in common with them; null where the inputs have it.</summary>
    public string? File { get; init; }
}
