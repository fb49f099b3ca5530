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
    private readonly string source;
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
        source = mapping.Part is { } part ? $"{context.File[0]}/{part}" : context.File[0];
    }

    public RecordOutcome Map(in RawRecord record, List<Fact> facts)
    {
        if (record.Fault is { } unread) return RecordOutcome.Broken(unread);
        if (parser.Parse(record.Bytes.Span) is { } unparsed) return RecordOutcome.Broken(unparsed);
        made.Clear();
        context.Begin();
        Borrow();
        var key = mapping.Key.Render(parser.Record, context.File, out var missing);
        if (key is null) context.Fail(missing, "is missing, it is part of the record's key");
        else Make(key);
        if (context.Fault is { } fault) return RecordOutcome.Broken(fault);
        if (mapping.Unique)
        {
            var content = XxHash3.HashToUInt64(record.Bytes.Span);
            if (!keys.TryAdd(KeyRegister.Hash(key!), content, out var known))
            {
                return known == content
                    ? RecordOutcome.Repeated
                    : RecordOutcome.Broken(new RecordFault(null, $"states the key {key}, which an earlier record of the file states otherwise"));
            }
        }

        facts.AddRange(made);
        return made.Count > 0 ? RecordOutcome.Landed : RecordOutcome.Ignored("says nothing the graph holds");
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
                context.Fail(rule.By, $"is '{Conversion.Shown(key)}', which is no record of {rule.File}");
            }
        }
    }

    private void Make(string key)
    {
        var provenance = new Provenance(source, key, mapping.Reliability);
        foreach (var rule in mapping.Facts)
        {
            if (context.Fault is not null) return;
            if (rule.Read(parser.Record, context, provenance) is { } fact) made.Add(fact);
        }

        if (context.Fault is null) reader?.Read(new FactReaderInput(mapping, parser.Record, context, provenance), made);
        for (var i = 0; i < made.Count && context.Fault is null; i++)
            if (FactCheck.Find(catalog, made[i]) is { } fault) context.Fail(fault.Field, $"{made[i].Type}: {fault.Reason}");
    }
}
