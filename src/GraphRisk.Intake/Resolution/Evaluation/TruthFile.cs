using System.Globalization;
using CsvHelper;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>
/// Reads <c>truth/entities.csv</c> of a generated market: which invented party every party record is about. Only
/// evaluation reads it; resolution never does.
/// </summary>
public static class TruthFile
{
    /// <summary>The entity of every record.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a kind is neither PERSON nor COMPANY.</exception>
    public static ResolutionTruth Read(string path)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        var truth = new Dictionary<NodeId, string>();
        if (!reader.Read() || !reader.ReadHeader()) throw new InvalidDataException($"{path} is empty.");
        while (reader.Read())
        {
            var type = reader.GetField("kind") switch
            {
                "PERSON" => "Person",
                "COMPANY" => "Company",
                var other => throw new InvalidDataException($"{path}: unknown kind '{other}'."),
            };
            truth[new NodeId(type, $"{reader.GetField("source")}:{reader.GetField("record_key")}")] = reader.GetField("entity")!;
        }

        return new ResolutionTruth(truth);
    }
}
