using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Names held against lists, from files and from the store, and names against names.</summary>
public sealed partial class ScreenCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [TestCase("screen")]
    [TestCase("names")]
    public async Task EveryExampleOfTheHelpThatNeedsNoStoreRuns(string command)
    {
        var help = (await CommandRun.OfAsync(command, "--help")).Out;
        var examples = Example().Matches(help).Select(line => Words(line.Groups[1].Value)).Where(words => !words.Contains("--data")).ToList();
        Assert.That(examples, Is.Not.Empty);
        foreach (var words in examples)
        {
            var run = await CommandRun.OfAsync(words);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Out, Is.Not.Empty, string.Join(' ', words));
        }
    }

    [Test]
    public async Task ABatchIsHeldAgainstAListAndNamesakesAreTold()
    {
        using var answer = await JsonAsync("screen", "--batch", Sample("clients.csv"), "--list", Sample("list.csv"), "--json");
        var first = answer.RootElement.GetProperty("asked").EnumerateArray().ToDictionary(
            one => one.GetProperty("id").GetString()!, one => one.GetProperty("hits").EnumerateArray().Select(hit => (hit.GetProperty("id").GetString(), hit.GetProperty("probability").GetDouble() > 0.5)).FirstOrDefault());
        Assert.That(first, Is.EqualTo(new Dictionary<string, (string?, bool)>
        {
            ["K-1"] = ("X-1", true), ["K-2"] = ("X-4", true), ["K-3"] = ("X-3", true), ["K-4"] = default, ["K-5"] = default, ["K-6"] = ("X-1", true),
        }));
    }

    [Test]
    public async Task OfALaterEditionOnlyWhatIsNewCounts()
    {
        using var answer = await JsonAsync("screen", "--batch", Sample("clients.csv"), "--list", Sample("list.csv"), "--before", Sample("list-before.csv"), "--json");
        var found = answer.RootElement.GetProperty("asked").EnumerateArray().SelectMany(one => one.GetProperty("hits").EnumerateArray()).Select(hit => hit.GetProperty("id").GetString()).Distinct();
        Assert.That(found, Is.EquivalentTo(new[] { "X-2", "X-4" }));
        Assert.That(((string[])["newEntries", "changedEntries", "removedEntries"]).Select(name => answer.RootElement.GetProperty(name).GetInt32()), Is.EqualTo(new[] { 2, 1, 1 }));
    }

    [Test]
    public async Task ThePointsOfAHitAddUpToItsOdds()
    {
        using var answer = await JsonAsync("screen", "Malinov Viktor", "--birth", "1961-04", "--country", "ru", "--id", "INN:773300112233", "--list", Sample("list.csv"), "--json");
        foreach (var hit in answer.RootElement.GetProperty("asked")[0].GetProperty("hits").EnumerateArray())
        {
            var bits = hit.GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("points").GetDouble());
            Assert.That(hit.GetProperty("probability").GetDouble(), Is.EqualTo(1 / (1 + Math.Pow(2, -bits))).Within(1e-9));
        }
    }

    [Test]
    public async Task AValueThatCannotBeUsedCostsItselfAndIsNamed()
    {
        var (list, entities) = (folder.PathOf("odd.csv"), folder.PathOf("odd.ftm.json"));
        await File.WriteAllLinesAsync(list, ["id,name,birth date,country,identifiers", "1,Viktor Malinov,circa 1961,Ruritania,INN:12", "2,,1970,RU,"]);
        await File.WriteAllLinesAsync(entities,
        [
            """{"id": "a", "schema": "Person", "properties": {"name": ["Viktor Malinov"], "birthDate": ["soon", "1961"]}}""",
            """{"id": "b", "schema": "Person", "properties": {}}""",
            "{",
        ]);
        var run = await CommandRun.OfAsync("screen", "Viktor Malinov", "--list", list, "--list", entities, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using var answer = JsonDocument.Parse(run.Out);
        Assert.That(answer.RootElement.GetProperty("entries").GetInt32(), Is.EqualTo(2));
        string[] named = ["line 2: birth date 'circa 1961'", "line 2: country 'Ruritania'", "line 2: identifiers 'INN:12'", "line 3: there is no name", "line 1: 'soon' is no date", "line 2: ", "line 3: "];
        foreach (var finding in named) Assert.That(run.Error, Does.Contain(finding));
    }

    [TestCase("Say whom to look for", "screen")]
    [TestCase("is no date", "screen", "Jane Roe", "--birth", "soon")]
    [TestCase("The name is empty", "screen", " ", "--list", "/no/such.csv")]
    [TestCase("'Ruritania' is no code", "screen", "Jane Roe", "--country", "Ruritania")]
    [TestCase("--all-parties goes with", "screen", "Jane Roe", "--all-parties")]
    [TestCase("no such file", "screen", "Jane Roe", "--list", "/no/such.csv")]
    [TestCase("between 0 and 1", "screen", "Jane Roe", "--prior", "2")]
    [TestCase("Give two names", "names", "Jane Roe")]
    public async Task WhatIsWrongIsSaid(string complaint, params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain(complaint));
    }

    [TestCase("Russia")]
    [TestCase("RUS")]
    [TestCase("俄罗斯")]
    public async Task ACountryIsReadByItsName(string written)
    {
        using var answer = await JsonAsync("screen", "Viktor Malinov", "--country", written, "--list", Sample("list.csv"), "--json");
        var point = answer.RootElement.GetProperty("asked")[0].GetProperty("hits")[0].GetProperty("points").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "Country");
        Assert.That((point.GetProperty("detail").GetString(), point.GetProperty("points").GetDouble() > 0), Is.EqualTo(("RU / RU", true)));
    }

    [Test]
    public async Task WhereNobodyIsListedThereIsNothingToScreenAgainst()
    {
        var (list, market, data) = (folder.PathOf("none.csv"), folder.PathOf("unlisted"), folder.PathOf("unlisted-data"));
        await File.WriteAllLinesAsync(list, ["id,name"]);
        await DoneAsync("generate", "--clients", "100", "--seed", "6", "--out", market);
        await DoneAsync("import", market, "--data", data);
        foreach (var args in (string[][])[["--list", list], ["--data", data, "--as-of", "2000-01-01"]])
        {
            var run = await CommandRun.OfAsync(["screen", "Jane Roe", .. args]);
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Does.Contain("There is nobody to look for"));
        }
    }

    [Test]
    public async Task WhatOfAListIsNotReadAndWhatStandsTwiceIsNamed()
    {
        var list = folder.PathOf("wide.csv");
        await File.WriteAllLinesAsync(list, ["uid,full name,gender,remarks,authority", "1,Viktor Malinov,m,,Office A", "1,Jane Roe,f,,Office B"]);
        var run = await CommandRun.OfAsync("screen", "Viktor Malinov", "--list", list, "--json");
        Assert.That(run.Error, Does.Contain("not read are the columns 'gender', 'remarks'").And.Contain("line 3: id '1' stands in line 2 too"));
        using var answer = JsonDocument.Parse(run.Out);
        Assert.That(answer.RootElement.GetProperty("asked")[0].GetProperty("hits")[0].GetProperty("authority").GetString(), Is.EqualTo("Office A"));
    }

    [Test]
    public async Task ProgrammeAuthorityAndListOfAnEntityAreToldApart()
    {
        var list = folder.PathOf("told.ftm.json");
        await File.WriteAllLinesAsync(list,
        [
            """{"id": "T1", "caption": "Viktor Malinov", "schema": "Person", "properties": {"name": ["Viktor Malinov"], "birthDate": ["1961"], "topics": ["sanction"]}, "datasets": ["eu_fsf"]}""",
            """{"id": "S1", "caption": "UKR", "schema": "Sanction", "properties": {"entity": ["T1"], "authority": ["Council"], "programId": ["EU-UKR"], "program": ["UKR, the long name"], "authorityId": ["EU.1"]}, "datasets": ["eu_fsf"]}""",
            """{"id": "S2", "caption": "entry", "schema": "Sanction", "properties": {"entity": ["T1"], "authority": ["Office"]}, "datasets": ["eu_fsf"]}""",
        ]);
        var data = folder.PathOf("told-data");
        await DoneAsync("import", list, "--data", data);
        foreach (var from in (string[][])[["--list", list], ["--data", data, "--as-of", "2000-01-01"]])
        {
            using var answer = await JsonAsync(["screen", "Viktor Malinov", "--birth", "1961-04-12", .. from, "--json"]);
            var hit = answer.RootElement.GetProperty("asked")[0].GetProperty("hits")[0];
            Assert.That(((string[])["list", "programme", "authority"]).Select(name => hit.GetProperty(name).GetString()), Is.EqualTo(new[] { "UKR, the long name; eu_fsf", "EU-UKR", "Council; Office" }), from[0]);
            Assert.That(hit.GetProperty("points").EnumerateArray().Single(point => point.GetProperty("kind").GetString() == "Day").GetProperty("detail").GetString(), Is.EqualTo("1961-04-12 / 1961"), from[0]);
        }
    }

    [Test]
    public async Task AListThatIsImportedIsHeldAgainstTheClientsOfTheStore()
    {
        var (market, data, list) = (folder.PathOf("market"), folder.PathOf("data"), folder.PathOf("list.ftm.json"));
        await DoneAsync("generate", "--clients", "100", "--seed", "5", "--out", market);
        await DoneAsync("import", market, "--data", data);
        var version = Store(await DoneAsync("store", "check", "--data", data));
        var client = File.ReadLines(Path.Combine(market, "brokers", "B001", "clients.csv")).Skip(1).Select(line => line.Split(',')[1]).First(name => name.Length == 3 && name[0] > '\u4e00');
        await File.WriteAllLinesAsync(list,
        [
            $$"""{"id": "L1", "caption": "{{client}}", "schema": "Person", "properties": {"name": ["{{client}}"], "nationality": ["cn"], "topics": ["sanction"]}, "datasets": ["un_sc"]}""",
            """{"id": "S1", "caption": "entry", "schema": "Sanction", "properties": {"entity": ["L1"], "program": ["EXAMPLE"], "authority": ["somebody"], "startDate": ["2020-01-01"]}, "datasets": ["un_sc"]}""",
        ]);
        await DoneAsync("import", list, "--data", data);

        using var named = await JsonAsync("screen", client, "--kind", "person", "--data", data, "--json");
        Assert.That(named.RootElement.GetProperty("entries").GetInt32(), Is.GreaterThan(1), "those of courts are looked through too");
        Assert.That(named.RootElement.GetProperty("asked")[0].GetProperty("hits")[0].GetProperty("programme").GetString(), Is.EqualTo("EXAMPLE"));
        Assert.That(named.RootElement.GetProperty("asOf").GetString(), Is.Not.Null);
        using var news = await JsonAsync("screen", "--changes-since", version, "--data", data, "--json");
        Assert.That(news.RootElement.GetProperty("newEntries").GetInt32(), Is.EqualTo(1));
        Assert.That(news.RootElement.GetProperty("partiesPassedOver").GetInt32(), Is.GreaterThan(0));
        using var wide = await JsonAsync("screen", "--changes-since", version, "--all-parties", "--data", data, "--json");
        Assert.That(wide.RootElement.GetProperty("partiesLooked").GetInt32(), Is.EqualTo(news.RootElement.GetProperty("partiesLooked").GetInt32() + news.RootElement.GetProperty("partiesPassedOver").GetInt32()));
        Assert.That(news.RootElement.GetProperty("asked").EnumerateArray().Select(one => one.GetProperty("name").GetString()), Does.Contain(client));
        using var none = await JsonAsync("screen", "--changes-since", (int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "--data", data, "--json");
        Assert.That(none.RootElement.GetProperty("asked").GetArrayLength(), Is.Zero);
        Assert.That((await CommandRun.OfAsync("screen", "--changes-since", "999999", "--data", data)).Error, Does.Contain("has the versions 0 to"));
    }

    [Test]
    public async Task APublishedListOfThisFieldIsRead()
    {
        var list = SharedData.Require("data/sanctions/zala.entities.ftm.json");
        using var answer = await JsonAsync("screen", "Захарова Мария", "--birth", "1988", "--country", "RU", "--list", list, "--json");
        var hits = answer.RootElement.GetProperty("asked")[0].GetProperty("hits");
        Assert.That(hits[0].GetProperty("name").GetString(), Does.Contain("ЗАХАРОВА").IgnoreCase.Or.Contain("Zakharova").IgnoreCase);
        Assert.That(hits[0].GetProperty("probability").GetDouble(), Is.GreaterThan(0.9));
        using var other = await JsonAsync("screen", "Jane Roe", "--list", list, "--json");
        Assert.That(other.RootElement.GetProperty("asked")[0].GetProperty("hits").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task PairsOfAFileAreTold()
    {
        using var told = await JsonAsync("names", "--pairs", Sample("pairs.csv"), "--json");
        Assert.That((told.RootElement.GetProperty("pairs").GetInt32(), told.RootElement.GetProperty("f1").GetDouble()), Is.EqualTo((7, 1.0)));
    }

    private static string Store(string hash) => Version().Match(hash).Groups[1].Value;

    private static string Sample(string name) => Repository.PathOf("samples", "screening", name);

    /// <summary>The words of an example, quotes taken off, samples found.</summary>
    private static string[] Words(string line) =>
        [.. Word().Matches(line).Select(word => word.Value.Trim('"')).Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word) : word)];

    private static async Task<JsonDocument> JsonAsync(params string[] args) => JsonDocument.Parse(await DoneAsync(args));

    private static async Task<string> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Out;
    }

    [GeneratedRegex(@"^\s+graphrisk (.*)$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"version\D+(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
