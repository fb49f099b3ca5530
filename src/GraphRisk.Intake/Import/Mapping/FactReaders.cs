using System.Collections.Frozen;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.Intake.Text;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A record for a reader of facts that a table of rules cannot state, such as those in running text.</summary>
public readonly record struct FactReaderInput(RecordMapping Mapping, Record Record, RecordContext Context, Provenance Provenance)
{
    /// <summary>A column's value; empty where it is absent or the mapping has no such column.</summary>
    public string Value(string column) => Mapping.ColumnOf(column) is var found and >= 0 ? Record[found].ToString() : "";
}

/// <summary>Takes more facts from a record than the rules of its mapping state.</summary>
public interface IFactReader
{
    /// <summary>
    /// Adds the facts to those the rules made of the record, which stand in the list; what is wrong with the record goes
    /// to the input's context.
    /// </summary>
    void Read(in FactReaderInput input, List<Fact> facts);
}

/// <summary>The readers a mapping may name.</summary>
public static class FactReaders
{
    /// <summary>By name.</summary>
    public static FrozenDictionary<string, IFactReader> All { get; } =
        new Dictionary<string, IFactReader>(StringComparer.Ordinal)
        {
            ["court-announcement"] = new CourtAnnouncementReader(),
            ["penalty"] = new PenaltyReader(),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
