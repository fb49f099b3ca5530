using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Models;

/// <summary>One column a model reads.</summary>
/// <param name="Name">Name of the feature or of the table's column; unique within a model.</param>
/// <param name="Direction">+1: more can only be riskier; -1: more can only be safer; 0: left to the data. Always 0 for a category.</param>
/// <param name="Levels">Null for a number; for a category the name of each code, the cell holding the code 0, 1, ...</param>
public sealed record ModelInput(string Name, int Direction = 0, IReadOnlyList<string>? Levels = null)
{
    [JsonIgnore]
    public bool IsCategory => Levels is not null;
}
