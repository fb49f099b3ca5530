using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>All pairs of edge lists and of a data folder: figures, files, and what is said of wrong ones.</summary>
public sealed partial class OwnershipCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task TheExamplesOfItsHelpRunAndWriteTheSameTwice()
    {
        var examples = Example().Matches((await CommandRun.OfAsync("ownership", "--help")).Out).Select(line => line.Groups[1].Value.Trim().Split(' ')).ToList();
        Assert.That(examples, Has.Count.EqualTo(8));
        foreach (var words in examples.Where(words => words.Contains("--edges")))
        {
            string[] typed = [.. words.Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word) : word == "pairs.csv" ? folder.PathOf(word) : word)];
            var run = await CommandRun.OfAsync(typed);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), string.Join(' ', words));
            if (!words.Contains("--out")) continue;
            var first = await File.ReadAllBytesAsync(folder.PathOf("pairs.csv"));
            Assert.That((await CommandRun.OfAsync(typed)).ExitCode, Is.Zero);
            Assert.That(await File.ReadAllBytesAsync(folder.PathOf("pairs.csv")), Is.EqualTo(first));
        }
    }

    [TestCase("walk", "0.25", "A,B,0.731707317073,0.731707317073,0.731707317073|B,A,0.365853658537,0.365853658537,0.365853658537|X,A,0.609756097561,0.609756097561,0.609756097561|X,B,0.365853658537,0.365853658537,0.365853658537")]
    [TestCase("corrected", "0.4", "A,B,0.6,0.6,0.6|X,A,0.609756097561,0.609756097561,0.609756097561")]
    [TestCase("simple-path", "30%", "A,B,0.6,0.6,0.6|B,A,0.3,0.3,0.3|X,A,0.5,0.5,0.5|X,B,0.3,0.3,0.3")]
    public async Task APairOfCompaniesThatOwnEachOtherHasTheFiguresOfTheSharedCase(string semantics, string from, string wanted)
    {
        var ring = Write("ring.csv", "shareholder;company;ratio", "X;A;0.5", "A;B;0.6", "B;A;0.3");
        Assert.That(await PairsAsync(ring, semantics, "--at-least", from), Is.EqualTo(wanted.Split('|')));
    }

    [Test]
    public async Task SelfPairsAndTheOperatorAreAskedFor()
    {
        var ring = Write("self.csv", "from,to,share", "X,A,0.5", "A,B,0.6", "B,A,0.3");
        var own = (await PairsAsync(ring, "walk", "--at-least", "0.2", "--self-pairs")).Where(line => line.StartsWith("A,A", StringComparison.Ordinal) || line.StartsWith("B,B", StringComparison.Ordinal));
        Assert.That(own, Is.EqualTo(new[] { "A,A,0.219512195122,0.219512195122,0.219512195122", "B,B,0.219512195122,0.219512195122,0.219512195122" }));
        Assert.That(await PairsAsync(ring, "simple-path", "--more-than", "0.5"), Is.EqualTo(new[] { "A,B,0.6,0.6,0.6" }));
        Assert.That(await PairsAsync(ring, "simple-path", "--at-least", "0.5"), Is.EqualTo(new[] { "A,B,0.6,0.6,0.6", "X,A,0.5,0.5,0.5" }));
    }

    [Test]
    public async Task ACompanysOwnSharesHaveNoVotesAndCountElsewhereUnlessAskedOtherwise()
    {
        var own = Write("own.csv", "from,to,share", "X,T,0.45", "T,T,0.2", "Y,T,0.35");
        Assert.That(await PairsAsync(own, "control"), Is.EqualTo(new[] { "X,T,0.5625,0.5625,0.5625" }), "as the question controllers reads it");
        Assert.That(await PairsAsync(own, "control", "--treasury", "counted"), Is.Empty);
        Assert.That(await PairsAsync(own, "simple-path", "--at-least", "0.4"), Is.EqualTo(new[] { "X,T,0.45,0.45,0.45" }));
        Assert.That(await PairsAsync(own, "simple-path", "--at-least", "0.4", "--treasury", "cancelled"), Is.EqualTo(new[] { "X,T,0.5625,0.5625,0.5625", "Y,T,0.4375,0.4375,0.4375" }));
    }

    [Test]
    public async Task VotesInAControllerCountUnlessTheyAreTakenOut()
    {
        var mutual = Write("mutual.csv", "from,to,share", "X,A,0.45", "Y,A,0.35", "B,A,0.2", "A,B,0.6");
        Assert.That(await PairsAsync(mutual, "control"), Is.EqualTo(new[] { "A,B,0.6,0.6,0.6" }));
        Assert.That(await PairsAsync(mutual, "control", "--reciprocal", "cancelled"), Is.EqualTo(new[] { "A,B,0.6,0.6,0.6", "X,A,0.5625,0.5625,0.5625", "X,B,0.6,0.6,0.6" }), "0.45 of the 0.8 that are not B's");
        Assert.That((await CommandRun.OfAsync("ownership", "--edges", mutual, "--semantics", "walk", "--reciprocal", "cancelled")).Error, Does.Contain("say it with --semantics control"));
    }

    [Test]
    public async Task SharesInPercentBoundsVotesKindsAndDaysAreRead()
    {
        string[] rows = ["owner,owned,share,share min,share max,votes,kind,from,to", "P,C,60,,,20,,2020-01-01,2024-01-01", "Q,C,,25,50,,,2020-01-01,", "R,C,30,,,,capital,2020-01-01,", "S,C,25,,,,votes,2020-01-01 10:00:00,", "T,C,90,,,,indirect,,"];
        var list = Write("all.csv", rows);
        Assert.That(await PairsAsync(list, "corrected", "--shares", "percent", "--as-of", "2024-01-01"), Is.EqualTo(new[] { "Q,C,0.375,0.25,0.5", "R,C,0.3,0.3,0.3" }));
        Assert.That(await PairsAsync(list, "corrected", "--shares", "percent", "--as-of", "2023-12-31", "--at-least", "0.6"), Is.EqualTo(new[] { "P,C,0.6,0.6,0.6" }));
        Assert.That((await CommandRun.OfAsync("ownership", "--edges", list, "--semantics", "walk", "--shares", "percent")).Error, Does.Contain("--as-of says of which day"));
    }

    /// <summary>X has 40 to 60% of A, and A 55% of B: A controls B for certain, X may control both; ends of sums are the sums of ends.</summary>
    [TestCase("control", null, "A,B,0.55,0.55,0.55")]
    [TestCase("control", "certain", "A,B,0.55,0.55,0.55")]
    [TestCase("control", "stated", "A,B,0.55,0.55,0.55")]
    [TestCase("control", "possible", "A,B,0.55,0.55,0.55|X,A,0.5,0.4,0.6|X,B,0.55,0.55,0.55")]
    [TestCase("aggregate-50", null, "A,B,0.55,0.55,0.55|X,A,0.5,0.4,0.6|X,B,0.55,0.55,0.55")]
    [TestCase("aggregate-50", "certain", "A,B,0.55,0.55,0.55")]
    [TestCase("simple-path", "certain", "A,B,0.55,0.55,0.55|X,A,0.5,0.4,0.6")]
    public async Task WhichEndOfRangesCountsIsAskedForAndBothEndsAreTold(string semantics, string? bound, string wanted)
    {
        var list = Write("ranges.csv", "owner,owned,share,share min,share max", "X,A,,40％,60％", "A,B,55％,,");
        string[] more = [.. bound is null ? [] : new[] { "--bound", bound }, .. semantics == "simple-path" ? new[] { "--at-least", "40％" } : []];
        var found = await PairsAsync(list, semantics, more);
        Assert.That(found, Is.EqualTo(wanted.Split('|')));
    }

    [Test]
    public async Task ASumJustAboveTheThresholdReadsAboveIt()
    {
        var list = Write("near.csv", "owner,owned,share", "X,H,0.5", "H,A,0.50000000000001", "X,A,0");
        Assert.That((await PairsAsync(list, "simple-path", "--more-than", "0.25")).Single(line => line.StartsWith("X,A", StringComparison.Ordinal)), Does.Match(@"^X,A,0\.25000000000000[45]"));
        Assert.That(await PairsAsync(Write("at.csv", "owner,owned,share", "X,H,0.5", "H,A,0.5"), "simple-path", "--at-least", "0.25"), Does.Contain("X,A,0.25,0.25,0.25"));
    }

    [Test]
    public async Task VotesAreTheirOwnColumnKindInChineseToo()
    {
        var list = Write("kinds.csv", "股东,公司,持股比例,kind", "X,A,10%,股权", "X,A,60%,表决权", "Y,A,30％,优先股");
        Assert.That(await PairsAsync(list, "control"), Is.EqualTo(new[] { "X,A,0.7,0.7,0.7" }));
        Assert.That(await PairsAsync(list, "simple-path", "--at-least", "0.1"), Is.EqualTo(new[] { "X,A,0.1,0.1,0.1", "Y,A,0.3,0.3,0.3" }));
    }

    [Test]
    public async Task ARuleTellsAllPairsThatMeetItWithLimbAndArticle()
    {
        var list = Write("rule.csv", "owner,owned,share", "X,H,60%", "H,A,30%", "Y,A,25%");
        var lines = await RuleAsync(list, "eu-beneficial-owner", "--as-of", "2028-01-01");
        Assert.That(lines, Is.EqualTo(new[]
        {
            "H,A,0.3,0.3,0.3,eu-beneficial-owner,2024/1624,shares,art. 52(1),CERTAIN,",
            "X,A,0.3,0.3,0.3,eu-beneficial-owner,2024/1624,control-of-owner,art. 54(a),CERTAIN,H",
            "X,H,0.6,0.6,0.6,eu-beneficial-owner,2024/1624,control,art. 53(2),CERTAIN,",
            "X,H,0.6,0.6,0.6,eu-beneficial-owner,2024/1624,shares,art. 52(1),CERTAIN,",
            "Y,A,0.25,0.25,0.25,eu-beneficial-owner,2024/1624,shares,art. 52(1),CERTAIN,",
        }));
        using var answer = JsonDocument.Parse((await CommandRun.OfAsync("ownership", "--edges", list, "--rule", "eu-beneficial-owner", "--json")).Out);
        Assert.That(answer.RootElement.GetProperty("first").GetArrayLength(), Is.EqualTo(5));
        Assert.That(answer.RootElement.GetProperty("rule").GetProperty("cannotKnow").GetArrayLength(), Is.GreaterThan(0));
        Assert.That((await CommandRun.OfAsync("ownership", "--edges", list, "--rule", "eu-beneficial-owner")).Out, Does.Contain("control-of-owner"));
    }

    [Test]
    public async Task ListedPartiesAddUpByTheRuleAndTheWordingOfTheDay()
    {
        var list = Write("listed.csv", "owner,owned,share", "X,A,30%", "Y,A,20%", "A,B,50%");
        var names = Write("names.txt", "# on the list", "X", "Y");
        Assert.That(await RuleAsync(list, "ofac-50", "--listed", names), Has.Length.EqualTo(2).And.All.Contains("FAQ 399"));
        Assert.That(await RuleAsync(list, "ofac-50"), Is.EqualTo(new[] { "A,B,0.5,0.5,0.5,ofac-50,2014,ownership,\"Revised guidance 2014; FAQ 399, 401\",CERTAIN," }), "each party as if it alone were listed");
        Assert.That(await RuleAsync(list, "eu-sanctions", "--listed", names, "--as-of", "2024-07-02"), Is.Empty);
        Assert.That(await RuleAsync(list, "eu-sanctions", "--listed", names, "--as-of", "2024-07-03"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task ConcertNamesTheCompanyWhoseInvestorsTheyAre()
    {
        var list = Write("concert.csv", "owner,owned,share", "P,H,60%", "P,A,10%", "H,A,20%", "P,B,5%", "H,B,5%", "Z,A,30%");
        Assert.That(await WrittenAsync("holder,company,share,lower,upper,rule,version,limb,article,holds,via,within", "--edges", list, "--rule", "cn-concert"), Is.EqualTo(new[]
        {
            "P,H,0.6,0.6,0.6,cn-concert,2020,control,art. 83(2)(1),CERTAIN,,A", "P,H,0.6,0.6,0.6,cn-concert,2020,control,art. 83(2)(1),CERTAIN,,B",
            "P,H,0.6,0.6,0.6,cn-concert,2020,large-holder,art. 83(2)(7),CERTAIN,,A", "P,H,0.6,0.6,0.6,cn-concert,2020,large-holder,art. 83(2)(7),CERTAIN,,B",
        }));
        Assert.That((await CommandRun.OfAsync("ownership", "--edges", list, "--rule", "cn-concert")).Out, Does.Contain("within"));
    }

    [TestCase("--rule|none", "'none' is no rule. Rules: cn-beneficial-owner")]
    [TestCase("--rule|ofac-50|--semantics|walk", "only one of them")]
    [TestCase("--rule|ofac-50|--at-least|0.4", "A rule has thresholds of its own")]
    [TestCase("--rule|ofac-50|--bound|stated", "--bound stated is of --semantics")]
    [TestCase("--json", "Say how")]
    public async Task WhatARuleDoesNotTakeIsRefused(string typed, string reason)
    {
        var run = await CommandRun.OfAsync(["ownership", "--edges", Repository.PathOf("samples", "ownership", "group.csv"), .. typed.Split('|')]);
        Assert.That((run.ExitCode, run.Error.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
    }

    [TestCase("owner,owned,share\nA,B,0.5\nA,,0.2", "bad.csv, line 3, owned: '' is empty")]
    [TestCase("owner,owned,share\nA,B,75", "bad.csv, line 2, share: '75' is above 1; where shares are percents, --shares percent says so")]
    [TestCase("owner,owned,share\nA,B,-0.1", "line 2, share: '-0.1' is below 0")]
    [TestCase("owner,owned,share\nA,B,half", "line 2, share: 'half' is not a number")]
    [TestCase("owner,owned,share\nA,B,0.5,1", "line 2: 4 fields stand under 3 columns")]
    [TestCase("owner,owned\nA,B", "line 1: there is no column 'share' (or ownership")]
    [TestCase("owner,owned,share,kind\nA,B,0.5,option", "line 2, kind: 'option' is no kind of holding")]
    [TestCase("owner,owned,share min,share max\nA,B,0.5,0.2", "line 2, share max: '0.2' is below the least share")]
    public async Task ARowThatCannotBeReadIsNamedWithFieldAndReason(string list, string reason)
    {
        var bad = Write("bad.csv", list.Split('\n'));
        var run = await CommandRun.OfAsync("ownership", "--edges", bad, "--semantics", "walk", "--out", folder.PathOf("none.csv"));
        Assert.That((run.ExitCode, run.Out, File.Exists(folder.PathOf("none.csv"))), Is.EqualTo((1, "", false)));
        Assert.That(run.Error, Does.StartWith("graphrisk: ").And.Contain(reason));
    }

    [Test]
    public async Task BadRowsAreLeftOutOnlyWhereThatIsSaid()
    {
        var bad = Write("some.csv", "owner,owned,share", "A,B,0.5", "A,C,many", "D", "D,B,0.5");
        using var answer = await AskAsync(3, "--edges", bad, "--semantics", "walk", "--skip-bad-rows");
        Assert.That(answer.RootElement.GetProperty("rows").GetProperty("refused").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.RootElement.GetProperty("pairs").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task SumsAboveTheWholeAreToldWithTheRowsThatMakeThem()
    {
        using var answer = await AskAsync(0, "--edges", Repository.PathOf("samples", "ownership", "group.csv"), "--semantics", "corrected");
        var register = answer.RootElement.GetProperty("register");
        Assert.That((register.GetProperty("nodes").GetInt32(), register.GetProperty("holdings").GetInt32(), register.GetProperty("circles").GetInt32()), Is.EqualTo((7, 10, 1)));
        var above = answer.RootElement.GetProperty("sumsAboveOne")[0];
        Assert.That((above.GetProperty("company").GetString(), above.GetProperty("sum").GetDecimal()), Is.EqualTo(("Nanhai Port", 1.05m)));
        Assert.That(above.GetProperty("statements").EnumerateArray().Select(one => (one.GetProperty("holder").GetString(), one.GetProperty("line").GetInt32())), Is.EqualTo(new[] { ("Nanhai Logistics", 9), ("Huaxin Holding", 10), ("Zhao Min", 11) }));
    }

    [TestCase("control", "--at-least", "0.5", "control goes by --more-than")]
    [TestCase("aggregate-50", "--more-than", "0.5", "aggregate-50 goes by --at-least")]
    [TestCase("walk", "--at-least", "a quarter", "--at-least is a part from 0 to 1")]
    [TestCase("walk", "--at-least", "25", "--at-least is a part from 0 to 1, or one in percent with its sign, not '25'")]
    [TestCase("guess", "--at-least", "0.5", "'guess' is no semantics. Semantics: walk, corrected, simple-path, control, aggregate-50")]
    public async Task WhatASemanticsDoesNotKnowIsRefused(string semantics, string option, string value, string reason)
    {
        var run = await CommandRun.OfAsync("ownership", "--edges", Repository.PathOf("samples", "ownership", "group.csv"), "--semantics", semantics, option, value);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain(reason));
    }

    [TestCase("a: owner\nb: owner", "line 2: two columns are said to be 'owner'")]
    [TestCase("# parties\na: lord", "line 2: 'lord' is no kind. Kinds: owner")]
    [TestCase("owner", "line 1: 'owner' is no line 'COLUMN: KIND'")]
    public async Task AMappingThatIsNoneIsNamedWithItsLine(string mapping, string reason)
    {
        var file = Write("wrong.yml", mapping.Split('\n'));
        var run = await CommandRun.OfAsync("ownership", "--edges", Repository.PathOf("samples", "ownership", "group.csv"), "--mapping", file, "--semantics", "walk");
        Assert.That((run.ExitCode, run.Error.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
    }

    [TestCase("walk", 342)]
    [TestCase("corrected", 342)]
    [TestCase("simple-path", 342)]
    [TestCase("control", 225)]
    public async Task TheBelgianRegisterHasThePairsStatedWithIt(string semantics, int pairs)
    {
        var list = SharedData.Require("data/ownership/belgian_biotech_edges.csv");
        using var answer = await AskAsync(0, "--edges", list, "--semantics", semantics);
        Assert.That(answer.RootElement.GetProperty("pairs").GetInt32(), Is.EqualTo(pairs));
        Assert.That(await PairsAsync(list, semantics), Has.Length.EqualTo(pairs));
    }

    [Test]
    public async Task ADataFolderIsAnsweredAsItsFilesAre()
    {
        var (source, data) = (SharedHoldings.FinBenchFolder(), folder.PathOf("finbench"));
        Assert.That((await CommandRun.OfAsync("import", source, "--data", data)).ExitCode, Is.Zero);
        foreach (var (semantics, pairs) in new[] { ("walk", 785), ("walk --self-pairs", 786), ("corrected", 785), ("control", 69) })
        {
            using var answer = await AskAsync(0, ["--data", data, "--semantics", .. semantics.Split(' ')]);
            Assert.That(answer.RootElement.GetProperty("pairs").GetInt32(), Is.EqualTo(pairs), semantics);
            Assert.That(answer.RootElement.GetProperty("register").GetProperty("largestCircle").GetInt32(), Is.EqualTo(457));
        }

        var output = folder.PathOf("finbench.csv");
        Assert.That((await CommandRun.OfAsync("ownership", "--data", data, "--semantics", "control", "--out", output)).Error, Does.Contain("say with --purpose what for"));
        Assert.That((await CommandRun.OfAsync("ownership", "--data", data, "--semantics", "control", "--out", output, "--purpose", "supervision")).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllLinesAsync(output), Has.Length.EqualTo(70).And.All.Match("^holder,|^(Person|Company)/"));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--data", data)).Out, Does.Contain("ownership --out"));
    }

    private Task<string[]> PairsAsync(string list, string semantics, params string[] more) =>
        WrittenAsync("holder,company,share,lower,upper", ["--edges", list, "--semantics", semantics, .. more]);

    private Task<string[]> RuleAsync(string list, string rule, params string[] more) =>
        WrittenAsync("holder,company,share,lower,upper,rule,version,limb,article,holds,via", ["--edges", list, "--rule", rule, .. more]);

    private async Task<string[]> WrittenAsync(string heading, params string[] typed)
    {
        var output = folder.PathOf("found.csv");
        var run = await CommandRun.OfAsync(["ownership", .. typed, "--out", output]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var lines = await File.ReadAllLinesAsync(output);
        Assert.That(lines[0], Is.EqualTo(heading));
        return lines[1..];
    }

    private static async Task<JsonDocument> AskAsync(int code, params string[] typed)
    {
        var run = await CommandRun.OfAsync(["ownership", .. typed, "--json"]);
        Assert.That(run.ExitCode, Is.EqualTo(code), run.Error);
        return JsonDocument.Parse(run.Out);
    }

    private string Write(string file, params string[] lines)
    {
        File.WriteAllLines(folder.PathOf(file), lines);
        return folder.PathOf(file);
    }

    [GeneratedRegex(@"^  graphrisk (ownership .*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
