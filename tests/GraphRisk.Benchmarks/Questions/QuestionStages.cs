using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Benchmarks.Questions;

/// <summary>
/// Where the time of a question goes: each stage of it alone, on one thread, without a socket; microseconds, the best of several rounds, since other work on the
/// machine only adds to them. What the library's executor takes stands beside the plan.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- question-stages FOLDER</code>
/// </summary>
internal static class QuestionStages
{
    private static readonly Viewer Asker = new(Role.Regulator, null, PurposeCatalog.Default.Find("supervision"), "a load test");

    public static async Task RunAsync(string folder)
    {
        await using var market = await ServedSample.OpenAsync(folder, HostileLoad.WithoutShares());
        var (_, company) = await market.FindAsync();
        Console.WriteLine("| stage | one company, us | 200 contracts, us |\n|---|---:|---:|");
        const string one = "query One($id: ID!) { node(id: $id) { ... on Company { name uscc legalForm industry region address registeredCapital establishedOn status accountsUntil } } }";
        const string list = "{ marginContracts(first: 200) { nodes { contractNumber openedOn maturesOn status debt financed interest marketValue maintenanceRatio creditLine } } }";
        var first = await StagesAsync(market, one, JsonSerializer.Serialize(new { id = company }));
        var second = await StagesAsync(market, list, "{}");
        foreach (var ((name, left), (_, right)) in first.Zip(second))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {left:0.0} | {right:0.0} |"));
    }

    private static async Task<List<(string Name, double Microseconds)>> StagesAsync(ServedSample market, string text, string variables)
    {
        var services = market.Services;
        var (schema, validator) = (services.GetRequiredService<ISchema>(), services.GetRequiredService<IDocumentValidator>());
        var (execution, serializer) = (services.GetRequiredService<QueryExecution>(), services.GetRequiredService<AnswerSerializer>());
        var query = Encoding.UTF8.GetBytes(text);
        var request = new QueryRequest(query, null, Encoding.UTF8.GetBytes(variables), default);
        var verdict = QueryGuard.Inspect(query, QueryLimits.Default);
        var document = new GraphQLDocumentBuilder().Build(text);
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query = text, variables = JsonDocument.Parse(variables).RootElement }));
        RequestContext Shared() => new(Asker, "stage", new QuestionBudget(Asker.Role, QuestionLimits.ByRole[Asker.Role]));
        var kept = Shared();
        var planned = await execution.Answer(verdict, request, kept, services, default);
        var library = await execution.Execute(request, Shared(), services, default);
        using var bytes = new AnswerBytes();
        serializer.Write(bytes, planned);
        var page = kept.Ledger.Close();
        return
        [
            ("token", await TimeAsync(async () => await services.GetRequiredService<DevelopmentTokens>().Read(market.RegulatorWithReasonOnce))),
            ("guard", await TimeAsync(() => Done(QueryGuard.Inspect(query, QueryLimits.Default)))),
            ("parse", await TimeAsync(() => Done(new GraphQLDocumentBuilder().Build(text)))),
            ("validate, read variables", await TimeAsync(() => validator.ValidateAsync(Reading(schema, document, variables, DocumentValidator.CoreRules)))),
            ("read variables alone", await TimeAsync(() => validator.ValidateAsync(Reading(schema, document, variables, [])))),
            ("all of the library", await TimeAsync(() => execution.Execute(request, Shared(), services, default))),
            ("all by plan", await TimeAsync(() => execution.Answer(verdict, request, Shared(), services, default))),
            ("write, library", await TimeAsync(() => Written(serializer, library))),
            ("write, plan", await TimeAsync(() => Written(serializer, planned))),
            ("close the ledger", await TimeAsync(() => Done(kept.Ledger.Close()))),
            ("file", page is null ? 0 : await TimeAsync(async () => await services.GetRequiredService<AuditDesk>().FileAnswer(page, Asker, bytes.Written, default), 20)),
            ("endpoint, from the first header to the last byte", await TimeAsync(() => services.GetRequiredService<GraphQLEndpoint>().Handle(Http(services, body, market.RegulatorWithReasonOnce)), 20)),
        ];
    }

    private static ValidationOptions Reading(ISchema schema, GraphQLParser.AST.GraphQLDocument document, string variables, IEnumerable<IValidationRule> rules) => new()
    {
        Schema = schema, Document = document, Operation = document.Definitions.OfType<GraphQLParser.AST.GraphQLOperationDefinition>().First(), Rules = rules,
        UserContext = new Dictionary<string, object?>(), Variables = VariableReader.Read(Encoding.UTF8.GetBytes(variables)), Extensions = Inputs.Empty,
    };

    private static DefaultHttpContext Http(IServiceProvider services, byte[] body, string token)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Headers.Authorization = $"Bearer {token}";
        context.Request.Body = new MemoryStream(body);
        return context;
    }

    private static Task Written(AnswerSerializer serializer, ExecutionResult result)
    {
        using var bytes = new AnswerBytes();
        serializer.Write(bytes, result);
        return Task.CompletedTask;
    }

    private static Task<object?> Done(object? made) => Task.FromResult(made);

    private static async Task<double> TimeAsync(Func<Task> stage, int times = 200)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 15; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var at = 0; at < times; at++) await stage();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / times);
        }

        return best;
    }
}
