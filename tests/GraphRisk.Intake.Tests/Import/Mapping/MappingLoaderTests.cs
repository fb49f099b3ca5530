using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import.Mapping;

public sealed class MappingLoaderTests
{
    private const string Sound = """
        mapping: own
        files: own/*.csv
        source: own-{1}
        reliability: 0.5
        columns: [no, name, kind, company, share]
        key: "{no}"
        nodes:
          person: { type: Person, key: "{source}:{no}" }
          company: { type: Company, key: "{company}" }
        facts:
          - node: person
            set: { name: name }
          - edge: HOLDS
            from: person
            to: company
            set: { share: { column: share, percent: true } }
        """;

    [Test]
    public void ASoundMappingIsRead()
    {
        var mapping = Load(Sound);
        Assert.That((mapping.Id, mapping.Facts.Length, mapping.Columns.Length, mapping.Location), Is.EqualTo(("own", 2, 5, "own.yaml:1")));
    }

    [TestCase("type: Person", "type: Persn", "own.yaml:8: 'Persn' is no node type of the schema")]
    [TestCase("set: { name: name }", "set: { nam: name }", "own.yaml:12: 'nam' is no field of Person")]
    [TestCase("set: { name: name }", "set: { name: nam }", "own.yaml:12: 'nam' is no column")]
    [TestCase("set: { name: name }", "set: { sex: kind, birthDate: no, name: { value: x } , blocked: { value: maybe } }", "own.yaml:12: 'maybe' is no Boolean")]
    [TestCase("edge: HOLDS", "edge: HOLD", "own.yaml:13: 'HOLD' is no relationship of the schema")]
    [TestCase("to: company", "to: person", "own.yaml:15: HOLDS needs a Company, 'person' may be a Person")]
    [TestCase("percent: true", "percnt: true", "own.yaml:16: 'percnt' is not known here")]
    [TestCase("reliability: 0.5", "reliability: 5", "own.yaml:4: reliability is between 0 and 1")]
    [TestCase("own-{1}", "own-{2}", "own.yaml:3: '{2}' names no column")]
    [TestCase("key: \"{no}\"", "key: \"{no\"", "own.yaml:6: '{no' has a brace that is not closed")]
    [TestCase("share: { column: share, percent: true }", "directness: { column: kind, map: { a: STRAIGHT } }", "own.yaml:16: 'STRAIGHT' is none of DIRECT, INDIRECT, UNKNOWN")]
    [TestCase("mapping: own", "mapping: [own", "own.yaml:")]
    public void WhatContradictsTheSchemaIsRefusedWithFileAndLine(string sound, string broken, string message)
    {
        var error = Assert.Throws<MappingException>(() => Load(Sound.Replace(sound, broken, StringComparison.Ordinal)));
        Assert.That(error!.Message, Does.StartWith(message));
    }

    [Test]
    public void ANodeFactStatesAllRequiredFieldsOrNone()
    {
        Assert.DoesNotThrow(() => Load(Sound.Replace("set: { name: name }", "set: { aliases: name }", StringComparison.Ordinal)));
        var broken = Sound.Replace("type: Person, key", "type: Listing, key", StringComparison.Ordinal)
            .Replace("set: { name: name }", "set: { list: name }", StringComparison.Ordinal);
        Assert.That(Assert.Throws<MappingException>(() => Load(broken))!.Message, Is.EqualTo("own.yaml:11: 'kind' is required for Listing"));
    }

    [Test]
    public void TheShippedMappingsFitTheSchema() =>
        Assert.That(MappingSet.Load(SchemaCatalog.LoadEmbedded()).All, Has.Count.GreaterThan(40));

    [Test]
    public void TheExampleOfTheReferenceIsSound()
    {
        var lines = File.ReadAllLines(Repository.PathOf("src", "GraphRisk.Intake", "Import", "README.md"));
        var start = Array.IndexOf(lines, "## A mapping") + 2;
        var example = string.Join('\n', lines.Skip(start).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]));
        Assert.That((Load(example).Id, Load(example).Facts.Length), Is.EqualTo(("broker-accounts", 2)));
    }

    private static RecordMapping Load(string text) => new MappingLoader(SchemaCatalog.LoadEmbedded()).Load("own.yaml", text).Single();
}
