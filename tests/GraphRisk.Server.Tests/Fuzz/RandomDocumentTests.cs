using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Fuzz;

/// <summary>
/// Whatever is asked, by whomever: an answer or a refusal in plain words, never a fault of the server, never more spent than may be. More
/// documents than in every run: <c>GRAPHRISK_DOCUMENTS</c>; other ones: <c>GRAPHRISK_DOCUMENTS_FROM</c>, the first batch of 500, so that a million can be
/// asked in parts.
/// </summary>
public sealed class RandomDocumentTests
{
    private const int Each = 500;

    private static readonly int Rounds = Setting("GRAPHRISK_DOCUMENTS", 2_000);
    private static readonly int From = Setting("GRAPHRISK_DOCUMENTS_FROM", 0);

    [Test]
    public async Task EveryDocumentIsAnsweredOrRefusedWithinItsBudget()
    {
        Viewer[] viewers =
        [
            ServedGraph.Regulator, ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Broker("B009"),
            ServedGraph.Client(SmallMarket.ZhangAtB001), ServedGraph.As(Role.Anonymous, null, null),
        ];
        string[] ids = [SmallMarket.Zhang, SmallMarket.ZhangAtB001, SmallMarket.Li, SmallMarket.Wang, SmallMarket.Huaxin, SmallMarket.Dongfang, "Broker/B001", "MarginContract/broker-B001:M1", "张三", "上海华信", "B001", "Company/x:none"];
        var (answered, withData, codes) = (0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        var spent = Environment.CpuUsage.TotalTime;
        for (var batch = From; (batch - From) * Each < Rounds; batch++)
        {
            // Mutations write: each batch has a market of its own.
            await using var served = await ServedGraph.Of(SmallMarket.Sketch());
            var documents = new RandomDocuments(served.Schema, ids, batch);
            for (var round = 0; round < Math.Min(Each, Rounds - ((batch - From) * Each)); round++)
            {
                var (document, viewer) = (documents.Next(), viewers[round % viewers.Length]);
                if (QueryGuard.Inspect(Encoding.UTF8.GetBytes(document.Text), QueryLimits.Default).Refusal is not null) continue;
                using var answer = JsonDocument.Parse(await AskAsync(served, viewer, document, $"batch {batch}, round {round}"));
                documents.See(answer.RootElement);
                answered++;
                if (answer.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object) withData++;
                else if (answer.RootElement.TryGetProperty("errors", out var errors))
                    foreach (var code in errors.EnumerateArray().Select(error => error.GetProperty("extensions").GetProperty("code").GetString()!)) codes[code] = codes.GetValueOrDefault(code) + 1;
            }
        }

        TestContext.Out.WriteLine($"{Rounds} documents from batch {From} in {(Environment.CpuUsage.TotalTime - spent).TotalSeconds:F0} s of processor, {answered} passed the guard, {withData} answered with data; without: {string.Join(", ", codes.OrderByDescending(code => code.Value).Take(8).Select(code => $"{code.Key} {code.Value}"))}");
        Assert.That(withData, Is.GreaterThan(Rounds / 5), "Enough documents should be answered for the others to mean something.");
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : usual;

    private static async Task<string> AskAsync(ServedGraph served, Viewer viewer, RandomDocument document, string which)
    {
        using var budget = new QuestionBudget(viewer.Role, QuestionLimits.ByRole[viewer.Role]);
        try
        {
            var answer = await served.AskText(viewer, document.Text, document.Variables, budget);
            Assert.That(answer, Does.Not.Contain("\"INTERNAL\""), $"{which}: {document}");
            if (budget.Exhausted is null)
                foreach (var unit in Enum.GetValues<CostUnit>())
                    Assert.That(budget.Spent(unit), Is.LessThanOrEqualTo(budget.Limits[unit]), $"{unit}, {which}: {document}");
            return answer;
        }
        catch (TypedError)
        {
            // Variables that cannot be read, before anything is asked.
            return "{}";
        }
        catch (OperationCanceledException) when (budget.Exhausted is not null)
        {
            // It spent too much, which ended all that was under way.
            return "{}";
        }
        catch (Exception fault) when (fault is not AssertionException)
        {
            throw new AssertionException($"{fault}\n{which}: {document}", fault);
        }
    }
}
