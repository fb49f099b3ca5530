using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Records;

/// <summary>Records of JSON: flat, nested, and as lists of features.</summary>
public sealed class JsonRecordsTests
{
    private const string Features = """
        {"DATA_SOURCE":"A","RECORD_ID":"1","FEATURES":[{"RECORD_TYPE":"PERSON"},{"NAME_LAST":"Smith","NAME_FIRST":"Robert","NAME_MIDDLE":"E"},{"NAME_FULL":"Bob Smith","NAME_TYPE":"AKA"},{"ADDR_TYPE":"HOME","ADDR_LINE1":"1515 Adela Lane","ADDR_CITY":"Las Vegas","ADDR_STATE":"NV","ADDR_POSTAL_CODE":"89111"},{"REL_POINTER_DOMAIN":"A","REL_POINTER_KEY":"2"},{"PASSPORT_NUMBER":"1234X5","PASSPORT_COUNTRY":"USA"}],"AMOUNT":"100"}
        {"DATA_SOURCE":"B","RECORD_ID":"1","FEATURES":[{"RECORD_TYPE":"ORGANIZATION"},{"NAME_ORG":"Smith Exports"},{"ADDR_FULL":"1515 Adela Ln, Las Vegas"},{"PASSPORT_NUMBER":"1234x5","PASSPORT_COUNTRY":"US"}]}
        {"DATA_SOURCE":"B","RECORD_ID":"2","FEATURES":[{"PASSPORT_NUMBER":"1234-X5"},{"NAME_FULL":"Bo Ek"}],"AMOUNT":"200"}
        {"DATA_SOURCE":"B","RECORD_ID":"3","FEATURES":[{"NAME_ORG":"Ek Imports"}]}
        """;

    [Test]
    public void PartsOfANameAndOfAnAddressBecomeOne()
    {
        using var files = new RecordFiles().Add("a.jsonl", Features);
        var table = files.Read().Table;
        Assert.Multiple(() =>
        {
            Assert.That(RecordFiles.Values(table, "NAME", 0), Is.EqualTo(new[] { "smith, robert e", "bob smith" }));
            Assert.That(RecordFiles.Values(table, "ADDR", 0), Is.EqualTo(new[] { "1515 adela ln las vegas nv 89111" }));
            Assert.That(RecordFiles.Values(table, "ADDR", 1), Is.EqualTo(new[] { "1515 adela ln las vegas" }));
            Assert.That(RecordFiles.Values(table, "RECORD_TYPE", 1), Is.EqualTo(new[] { "organisation" }));
        });
    }

    [Test]
    public void WhatALineOfAnAddressSaysAlreadyIsNotSaidAgain()
    {
        using var files = new RecordFiles().Add("a.jsonl", """
            {"NAMES":[{"NAME_FULL":"Anna Lund"}],"ADDRESSES":[{"ADDR_LINE1":"160 Brenville Pl, San Francisco, CA 94105","ADDR_CITY":"San Francisco","ADDR_STATE":"CA","ADDR_POSTAL_CODE":"94105"}]}
            {"NAMES":[{"NAME_FULL":"Bo Ek"}],"ADDRESSES":[{"ADDR_LINE1":"1304 Poppy Hills Dr","ADDR_CITY":"Blacklick","ADDR_STATE":"OHIO"}]}
            """);
        var table = files.Read().Table;
        Assert.That(RecordFiles.Values(table, "ADDRESSES.ADDR", 0), Is.EqualTo(new[] { "160 brenville pl san francisco ca 94105" }));
        Assert.That(RecordFiles.Values(table, "ADDRESSES.ADDR", 1), Is.EqualTo(new[] { "1304 poppy hills dr blacklick oh" }));
    }

    [Test]
    public void WhatPointsToOthersQualifiesOrStandsBesideIsNoEvidence()
    {
        using var files = new RecordFiles().Add("a.jsonl", Features);
        var reading = files.Read();
        Assert.That(reading.Table.Attributes.Select(attribute => attribute.Name), Is.EquivalentTo(new[] { "RECORD_TYPE", "NAME", "ADDR", "PASSPORT_NUMBER", "NAME_ORG" }));
        Assert.That(reading.Columns.Single(column => column.Name == "AMOUNT").Role, Is.EqualTo(ColumnRole.Ignored));
    }

    [Test]
    public void TheSourceAndKeyOfARecordAreThoseItNames()
    {
        using var files = new RecordFiles().Add("a.jsonl", Features);
        var table = files.Read().Table;
        Assert.That((table.Sources, table.SourceOf), Is.EqualTo((new[] { "A", "B" }, new byte[] { 0, 1, 1, 1 })));
        Assert.That(table.Keys.ToArray(), Is.EqualTo(new[] { "1", "1", "2", "3" }));
    }

    [Test]
    public void ANumberMeetsItselfWhetherOrNotItsRegisterIsNamed()
    {
        using var files = new RecordFiles().Add("a.jsonl", Features);
        var table = files.Read().Table;
        Assert.That(Enumerable.Range(0, 3).SelectMany(record => RecordFiles.Values(table, "PASSPORT_NUMBER", record)), Is.EqualTo(new[] { "1234X5", "1234X5", "1234X5" }));
    }

    [Test]
    public void OneNumberOfTwoRegistersIsTwo()
    {
        using var files = new RecordFiles().Add("a.jsonl", Features.Replace("\"PASSPORT_COUNTRY\":\"US\"", "\"PASSPORT_COUNTRY\":\"Canada\"", StringComparison.Ordinal)
            .Replace("\"1234-X5\"", "\"1234-X5\",\"PASSPORT_COUNTRY\":\"United States\"", StringComparison.Ordinal));
        var table = files.Read().Table;
        Assert.That(Enumerable.Range(0, 3).SelectMany(record => RecordFiles.Values(table, "PASSPORT_NUMBER", record)), Is.EqualTo(new[] { "1234X5/us", "1234X5/ca", "1234X5/us" }));
    }

    [Test]
    public void NestedObjectsAndListsAreFlattened()
    {
        using var files = new RecordFiles().Add("a.json", """
            [{"id": 1, "name": "Anna Lund", "phones": ["555-0199", "555-0123"], "address": {"street": "1 Mill Lane", "city": "York"}},
             {"id": 2, "name": "Bo Ek", "phones": ["555-0188"], "address": {"street": "2 Mill Lane", "city": null}}]
            """);
        var table = files.Read().Table;
        Assert.Multiple(() =>
        {
            Assert.That(RecordFiles.Values(table, "phones", 0), Is.EqualTo(new[] { "5550199", "5550123" }));
            Assert.That(RecordFiles.Values(table, "address.ADDR", 0), Is.EqualTo(new[] { "1 mill ln york" }));
            Assert.That(RecordFiles.Values(table, "address.ADDR", 1), Is.EqualTo(new[] { "2 mill ln" }));
        });
    }

    [Test]
    public void ALineThatIsNoJsonIsNamedAndTheOthersStay()
    {
        using var files = new RecordFiles().Add("a.jsonl", "{\"name\":\"Anna Lund\"}\n{\"name\":\n[1]\n{\"name\":\"Bo Ek\"}\n");
        var reading = files.Read();
        Assert.That(reading.Table.Count, Is.EqualTo(2));
        Assert.That(reading.Refused.Select(row => row.Line), Is.EqualTo(new[] { 2, 3 }));
    }
}
