using System.Text.Json;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Import;

/// <summary>
/// Kind 30 over HTTP: one value that is too large for an index, sent to a running server, takes down neither its index nor its store nor the
/// other records, is named where it is left out, and what is sent later is found as well.
/// </summary>
public sealed class ImmenseValueTests
{
    private const string Sound = """{"id":"c-sound","caption":"Sound Company Beside","schema":"Company","properties":{"name":["Sound Company Beside"],"registrationNumber":["SB-12345"]}}""";

    private static readonly string Words = string.Join(' ', Enumerable.Range(0, 8_000).Select(i => $"w{i % 1000:000}"));

    /// <summary>What is sent beside the sound company, and whether its record is held back or flagged.</summary>
    private static IEnumerable<TestCaseData> Immense()
    {
        yield return Of("identifier", Company("c-long", "Long Number", new string('7', 40_000)), held: false);
        yield return Of("name in words", Company("c-long", Words, "1"), held: true);
        yield return Of("name without a space", Company("c-long", new string('x', 40_000), "1"), held: true);
        yield return Of("Chinese name", Company("c-long", new string('大', 12_000), "1"), held: true);
        yield return Of("key", Company(new string('k', 40_000), "Long Key", "1"), held: true);
        yield return Of("reason", $$$"""{"id":"s-1","schema":"Sanction","properties":{"entity":["c-sound"],"program":["P"],"reason":["{{{new string('r', 60_000)}}}"]}}""", held: null);
    }

    [TestCaseSource(nameof(Immense))]
    public async Task AnImmenseValueSentToARunningServerHarmsNobodyElse(string record, bool? held)
    {
        await using var server = await LiveServer.StartAsync(new InMemoryGraphStore(MarketSketch.Catalog), new StoreWatchOptions());
        var sent = await SendAsync(server, "x.ftm.json", $"{record}\n{Sound}\n");
        Assert.That(sent.At("quarantined").GetInt64(), Is.EqualTo(held == true ? 1 : 0));
        if (held is false) Assert.That(sent.At("files.0.flagged").GetInt64(), Is.EqualTo(1));
        await AssertFound(server, "Sound Company Beside", "SB-12345");
        await SendAsync(server, "later.ftm.json", """{"id":"c-later","caption":"Later Company Beside","schema":"Company","properties":{"name":["Later Company Beside"],"registrationNumber":["LB-99999"]}}""" + "\n");
        await AssertFound(server, "Later Company Beside", "LB-99999");
        await AssertFound(server, "Sound Company Beside", "SB-12345");
        Assert.That((await server.HealthAsync()).ToString(), Does.Not.Contain("away").And.Not.Contain("fail"));
    }

    [Test]
    public async Task AnImmenseCellOfATableIsLeftOutOfItsRowOverHttpToo()
    {
        await using var server = await LiveServer.StartAsync(new InMemoryGraphStore(MarketSketch.Catalog), new StoreWatchOptions());
        const string header = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n";
        await SendAsync(server, "brokers/B001/clients.csv", $"{header}1,张伟,{new string('曾', 5_000)},PERSON,,,,1955-02-03,M,,{new string('路', 12_000)},33,2020-01-01\n2,{new string('大', 5_000)},,PERSON,,,,1955-02-03,M,,,33,2020-01-01\n3,王旁边,,PERSON,,,,1955-02-03,M,,,33,2020-01-01\n");
        foreach (var name in (string[])["张伟", "王旁边"])
            Assert.That((await server.DataAsync($$"""{ search(text: "{{name}}") { totalCount } }""")).At("search.totalCount").GetInt32(), Is.EqualTo(1), name);
        var flagged = (await server.DataAsync("""{ flaggedRecords { nodes { record field reason } } }""")).At("flaggedRecords.nodes");
        Assert.That(flagged.ToString(), Does.Contain("longer than"));
    }

    private static TestCaseData Of(string name, string record, bool? held) => new TestCaseData(record, held).SetArgDisplayNames(name);

    private static string Company(string id, string name, string number) =>
        $$$"""{"id":"{{{id}}}","caption":"{{{name}}}","schema":"Company","properties":{"name":["{{{name}}}"],"registrationNumber":["{{{number}}}"]}}""";

    private static async Task<JsonElement> SendAsync(LiveServer server, string file, string text) => (await server.DataAsync(
        "mutation Send($file: String!, $text: String!) { importRecords(file: $file, text: $text) { quarantined files { landed flagged } } }", new { file, text })).At("importRecords");

    private static async Task AssertFound(LiveServer server, string name, string number)
    {
        var found = await server.DataAsync($$"""{ byName: search(text: "{{name}}") { nodes { ... on Company { name } } } byNumber: search(text: "{{number}}") { totalCount } company(name: "{{name}}") { name } }""");
        Assert.That(found.At("byName.nodes.0.name").GetString(), Is.EqualTo(name));
        Assert.That(found.At("byNumber.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That(found.At("company.name").GetString(), Is.EqualTo(name));
    }
}
