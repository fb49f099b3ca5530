using System.IO.Hashing;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Maps the records of a file by a declarative mapping.</summary>
public sealed class MappedRecords : IRecordMapper
{
    private readonly SchemaCatalog catalog;
    private readonly RecordMapping mapping;
    private readonly RecordParser parser;
    private readonly IReadOnlyList<LookupTable> lookups;
    private readonly RecordContext context;
    private readonly IFactReader? reader;
    private readonly KeyRegister keys = new();
    private readonly List<Fact> made = [];

    /// <param name="catalog">The schema facts are held against.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="parser">Reads the file's records.</param>
    /// <param name="context">What templates know of the file.</param>
    /// <param name="lookups">A table for each of the mapping's lookups, in their order.</param>
    public MappedRecords(
        SchemaCatalog catalog, RecordMapping mapping, RecordParser parser, RecordContext context, IReadOnlyList<LookupTable> lookups)
    {
        this.catalog = catalog;
        this.mapping = mapping;
        this.parser = parser;
        this.context = context;
        this.lookups = lookups;
        reader = mapping.Reader is { } name ? FactReaders.All[name] : null;
    }

    public RecordOutcome Map(in RawRecord record, List<Fact> facts)
    {
        if (record.Fault is { } unread) return RecordOutcome.Broken(unread);
        if (parser.Parse(record.Bytes.Span) is { } unparsed)
            return unparsed == RecordParser.Blank ? RecordOutcome.Ignored(RecordParser.Blank.Reason) : RecordOutcome.Broken(unparsed);
        made.Clear();
        context.Begin();
        Borrow();
        var key = mapping.Key.Render(parser.Record, context.File, out var missing);
        return Map(record, key, missing, facts) with { Record = key };
    }

    private RecordOutcome Map(in RawRecord record, string? key, int missing, List<Fact> facts)
    {
        if (key is null) context.Fail(missing, "is missing, it is part of the record's key");
        else if (CheckDays()) Make(key);
        if (context.Fault is { } fault) return RecordOutcome.Broken(fault);
        if (mapping.Unique)
        {
            var content = XxHash3.HashToUInt64(record.Bytes.Span);
            if (!keys.TryAdd(KeyRegister.Hash(key!), content, out var known))
            {
                return known == content
                    ? RecordOutcome.Repeated
                    : RecordOutcome.Broken(new RecordFault(null, $"states the key {key}, which an earlier record of the file states otherwise") { Contradicts = true });
            }
        }

        facts.AddRange(made);
        return made.Count > 0 ? RecordOutcome.LandedWith(context.Findings) : RecordOutcome.Ignored("says nothing the graph holds");
    }

    private void Borrow()
    {
        for (var i = 0; i < lookups.Count; i++)
        {
            var rule = mapping.Lookups[i];
            if (!parser.Record.Has(rule.By)) continue;
            var key = parser.Record[rule.By].ToString();
            if (lookups[i].Find(key) is { } values)
            {
                for (var take = 0; take < values.Length; take++)
                    if (values[take] is { } value) parser.Record.Set(rule.Take[take].Ours, value);
            }
            else if (!rule.Optional)
            {
                context.Unresolved ??= new RecordFault(mapping.Columns[rule.By].Name, $"is '{Conversion.Shown(key)}', which is no record of {rule.File}");
            }
        }
    }

    private void Make(string key)
    {
        var provenance = new Provenance(SourceOf(), key, mapping.Reliability);
        foreach (var rule in mapping.Facts)
        {
            if (context.Fault is not null) return;
            if (rule.Read(parser.Record, context, provenance) is { } fact) made.Add(fact);
        }

        if (context.Fault is null) reader?.Read(new FactReaderInput(mapping, parser.Record, context, provenance), made);
        if (context.Fault is null && FactDoor.Admit(catalog, made, context.Findings) is { } refused) context.Fail(refused);
        if (made.Count == 0 && context.Unresolved is { } dangling) context.Fail(dangling);
    }

    private string SourceOf() => mapping.Part is { } part && part.Render(parser.Record, context.File, out _) is { } text
        ? $"{context.File[0]}/{text}" : context.File[0];

    /// <summary>Whether no day is one that cannot be: seen or published ahead of the import, or before what it follows.</summary>
    private bool CheckDays()
    {
        foreach (var column in mapping.Observed)
        {
            if (context.Today is not { } today || DayOf(column) is not { } day || day <= today.AddDays(1)) continue;
            context.Fail(column, $"is {day:yyyy-MM-dd}, a day that has not come: the import is of {today:yyyy-MM-dd}");
            return false;
        }

        foreach (var (column, before) in mapping.Follows)
        {
            if (DayOf(column) is not { } day || DayOf(before) is not { } first || day >= first) continue;
            context.Fail(column, $"is {day:yyyy-MM-dd}, which is before {mapping.Columns[before].Name}, {first:yyyy-MM-dd}");
            return false;
        }

        return true;
    }

    private DateOnly? DayOf(int column) =>
        parser.Record.Has(column) && mapping.Times.TryDay(parser.Record[column], out var day) && day.Year < DateOnly.MaxValue.Year ? day : null;
}
