using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Models;

/// <summary>The report of the model over GraphQL: who may ask, and which counts of few are left out.</summary>
public class ModelReportTests
{
    private const string Question = """
        { model { version report { model state judged
          validation { observations defaults auc { value lower upper } calibration { observations defaults came { value } promised } }
          quarters { asOf part clients defaults psi } featureDrift { feature byQuarter { asOf csi } } rankStability { spearman kendall }
          advised { advice decision againstAdvice clients defaulted } complaints { about cause outcome clients } migration { from to moves } highRisk { asOf grade clients defaulted cured defaultedLater } } } }
        """;

    [Test]
    public async Task TheRegulatorSeesEveryCountAndTheyAddUp()
    {
        var report = (await AskAsync(ServedGraph.Regulator)).GetProperty("model").GetProperty("report");
        var validation = report.GetProperty("validation");
        Assert.That(Sum(validation.GetProperty("calibration"), "defaults"), Is.EqualTo(validation.GetProperty("defaults").GetInt32()));
        Assert.That(Sum(validation.GetProperty("calibration"), "observations"), Is.EqualTo(validation.GetProperty("observations").GetInt32()));
        foreach (var quarter in report.GetProperty("quarters").EnumerateArray())
            Assert.That(
                report.GetProperty("highRisk").EnumerateArray().Where(row => row.GetProperty("asOf").GetString() == quarter.GetProperty("asOf").GetString()).Sum(row => row.GetProperty("clients").GetInt32()),
                Is.EqualTo(quarter.GetProperty("clients").GetInt32()));
    }

    [Test]
    public async Task AnAnalystSeesNoCountOfFewNorOneThatSubtractionGivesBack()
    {
        var (all, some) = ((await AskAsync(ServedGraph.Regulator)).GetProperty("model").GetProperty("report"), (await AskAsync(ServedGraph.Analyst)).GetProperty("model").GetProperty("report"));
        Assert.That(some.GetProperty("validation").GetProperty("auc").GetRawText(), Is.EqualTo(all.GetProperty("validation").GetProperty("auc").GetRawText()));
        var hidden = 0;
        foreach (var (list, count) in (IEnumerable<(string, string)>)[("highRisk", "clients"), ("highRisk", "defaulted"), ("highRisk", "cured"), ("migration", "moves"), ("advised", "clients"), ("complaints", "clients")])
        {
            var (whole, shown) = (all.GetProperty(list).EnumerateArray().ToList(), some.GetProperty(list).EnumerateArray().ToList());
            Assert.That(shown.Select(row => row.GetProperty(count)).Where(cell => cell.ValueKind == JsonValueKind.Number).Select(cell => cell.GetInt32()), Is.All.Matches<int>(cell => cell is 0 or >= 10), list);
            hidden += shown.Count(row => row.GetProperty(count).ValueKind == JsonValueKind.Null);
            foreach (var group in Enumerable.Range(0, whole.Count).GroupBy(i => list == "highRisk" ? whole[i].GetProperty("asOf").GetString() : ""))
                Assert.That(group.Count(i => shown[i].GetProperty(count).ValueKind == JsonValueKind.Null), Is.Not.EqualTo(1), $"{list}.{count} of {group.Key}: one alone can be had back from the sum");
        }

        Assert.That(hidden, Is.Positive, "the sample has counts of few");
    }

    [TestCase(Role.Broker, "Broker/B001", "kyc")]
    [TestCase(Role.Client, "Person/registry:P000123", "own-record")]
    [TestCase(Role.Analyst, null, "data-quality")]
    public async Task OthersAreRefusedAndReadTheCardAllTheSame(Role role, string? of, string purpose)
    {
        var answer = await (await SampleMarket.Served).AskText(ServedGraph.As(role, of, purpose), "{ model { version report { model } } }");
        Assert.That(answer, Does.Contain("\"errors\"").And.Contain("\"report\":null").And.Match("\"version\":\"[0-9a-f]{16}\""));
    }

    [Test]
    public async Task WithoutAReportTheAnswerSaysHowToMakeOne()
    {
        await using var bare = await LinkedDebtors.Serve(LinkedDebtors.Sketch());
        Assert.That(await bare.AskText(ServedGraph.Regulator, "{ model { report { model } } }"), Does.Contain("\"UNAVAILABLE\"").And.Contain("model report"));
    }

    private static int Sum(JsonElement rows, string field) => rows.EnumerateArray().Sum(row => row.GetProperty(field).GetInt32());

    private static async Task<JsonElement> AskAsync(Viewer viewer)
    {
        var text = await (await SampleMarket.Served).AskText(viewer, Question);
        Assert.That(text, Does.Not.Contain("\"errors\""));
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }
}
