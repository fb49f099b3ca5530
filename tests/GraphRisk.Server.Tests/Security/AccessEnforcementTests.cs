using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class AccessEnforcementTests
{
    private static readonly Viewer Analyst = new(Role.Analyst, "lab", PurposeCatalog.Default.Find("model-validation"));
    private static readonly Viewer Regulator = new(Role.Regulator, "csrc", PurposeCatalog.Default.Find("supervision"));
    private static readonly Viewer Client = new(Role.Client, "P1", PurposeCatalog.Default.Find("own-record"));

    private static readonly AccessGrounds Grounds = AccessGrounds.Strictest("a key for tests only"u8);

    private sealed record Record(string? Subject, string Name, int Score) : IAboutSubject;

    private sealed class Later(object? value) : IDataLoaderResult
    {
        public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => Task.FromResult(value);
    }

    private static ObjectGraphType<Record> RecordType()
    {
        var type = new ObjectGraphType<Record> { Name = "Record" };
        type.Field<StringGraphType>("name").Resolve(context => context.Source.Name).Access(FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Name));
        type.Field<StringGraphType>("laterName").Resolve(context => new Later(new Later(context.Source.Name))).Access(FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Name));
        type.Field<IntGraphType>("score").Access(FieldAccess.Reads(Sensitivity.Confidential));
        type.Field<IntGraphType>("risk").Resolve(_ => 3).Access(FieldAccess.Reads(Sensitivity.Internal));
        return type;
    }

    private static Schema Schema(Action<ObjectGraphType>? more = null, ObjectGraphType? mutation = null)
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.AddField(new FieldType
        {
            Name = "record",
            ResolvedType = RecordType(),
            Arguments = new QueryArguments(new QueryArgument<StringGraphType> { Name = "of" }),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Record>(context => new Record(context.GetArgument<string?>("of"), "张三", 640)),
        }.Access(FieldAccess.Structure));
        query.Field<IntGraphType>("marketDebt").Resolve(_ => 17).Access(FieldAccess.Aggregates(Sensitivity.Restricted));
        more?.Invoke(query);
        return new Schema { Query = query, Mutation = mutation };
    }

    private static async Task<(string Answer, LedgerPage? Page)> Ask(string query, Viewer viewer, Schema? schema = null)
    {
        schema ??= Schema();
        AccessEnforcement.Enforce(schema, Grounds);
        var request = new RequestContext(viewer, "1");
        var result = await new DocumentExecuter().ExecuteAsync(new ExecutionOptions { Schema = schema, Query = query, UserContext = request });
        var codes = (result.Errors ?? []).Select(error => error.Code);
        var json = new GraphQL.SystemTextJson.GraphQLSerializer(options => options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return (json.Serialize(new ExecutionResult { Data = result.Data, Executed = true }) + string.Join(",", codes), request.Ledger.Close());
    }

    [Test]
    public void ASchemaWithAFieldThatStatesNoAccessDoesNotStart()
    {
        var schema = Schema(query => query.Field<StringGraphType>("forgotten").Resolve(_ => "leak"));
        Assert.That(
            () => AccessEnforcement.Enforce(schema, Grounds),
            Throws.TypeOf<AccessNotStatedException>().With.Message.Contains("Query.forgotten states no access"));
    }

    [Test]
    public void AMaskedFieldThatCanNotBeNullDoesNotStart()
    {
        var schema = Schema(query => query.Field<NonNullGraphType<DateGraphType>>("born").Resolve(_ => null).Access(FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Date)));
        Assert.That(() => AccessEnforcement.Enforce(schema, Grounds), Throws.TypeOf<AccessNotStatedException>().With.Message.Contains("Query.born"));
    }

    [Test]
    public void AMutationThatNamesNobodyWhoMayGiveItDoesNotStart()
    {
        var mutation = new ObjectGraphType { Name = "Mutation" };
        mutation.Field<BooleanGraphType>("import").Resolve(_ => true).Access(FieldAccess.Reads(Sensitivity.Public));
        Assert.That(() => AccessEnforcement.Enforce(Schema(mutation: mutation), Grounds), Throws.TypeOf<AccessNotStatedException>().With.Message.Contains("Mutation.import"));
    }

    [Test]
    public async Task AnAnonymousViewerGetsNullAndACodeForEveryField()
    {
        var (answer, page) = await Ask("{record(of:\"P1\"){name} marketDebt}", Viewer.Anonymous);
        Assert.That(answer, Is.EqualTo("{\"data\":{\"record\":null,\"marketDebt\":null}}UNAUTHENTICATED,UNAUTHENTICATED"));
        Assert.That((page!.Read.Length, page.Refused.Single().Code), Is.EqualTo((0, AccessCodes.Unauthenticated)));
    }

    [Test]
    public async Task AClientReadsItsOwnRecordInClear() =>
        Assert.That((await Ask("{record(of:\"P1\"){name score}}", Client)).Answer, Is.EqualTo("{\"data\":{\"record\":{\"name\":\"张三\",\"score\":640}}}"));

    [TestCase("P2")]
    [TestCase("p1")]
    [TestCase("")]
    public async Task AClientReadsNobodyElsesRecord(string of) =>
        Assert.That((await Ask($"{{record(of:\"{of}\"){{name risk}}}}", Client)).Answer, Is.EqualTo("{\"data\":{\"record\":{\"name\":null,\"risk\":null}}}FORBIDDEN,FORBIDDEN"));

    [Test]
    public async Task ARecordThatDoesNotSayWhoseItIsIsNobodysOwn() =>
        Assert.That((await Ask("{record{name}}", Client)).Answer, Does.EndWith("FORBIDDEN"));

    [Test]
    public async Task AnAnalystReadsNumbersInClearAndPseudonymsForIdentity()
    {
        var pseudonym = Grounds.Pseudonyms.Apply(Analyst, MaskKind.Name, "张三");
        Assert.That(
            (await Ask("{record(of:\"P1\"){name laterName score}}", Analyst)).Answer,
            Is.EqualTo($"{{\"data\":{{\"record\":{{\"name\":\"{pseudonym}\",\"laterName\":\"{pseudonym}\",\"score\":640}}}}}}"));
    }

    [Test]
    public async Task AMaskedViewerReadsIdentityMasked() =>
        Assert.That((await Ask("{record(of:\"P1\"){name laterName}}", Regulator)).Answer, Is.EqualTo("{\"data\":{\"record\":{\"name\":\"张*\",\"laterName\":\"张*\"}}}"));

    [Test]
    public void ATextThatIsWithheldFromSomeAndCanNotBeNullDoesNotStart()
    {
        var schema = Schema(query => query.Field<NonNullGraphType<StringGraphType>>("prose").Resolve(_ => "").Access(FieldAccess.Reads(Sensitivity.Public, MaskKind.Text)));
        Assert.That(() => AccessEnforcement.Enforce(schema, Grounds), Throws.TypeOf<AccessNotStatedException>().With.Message.Contains("Query.prose"));
    }

    [Test]
    public async Task ARegulatorWithAReasonReadsIdentityInClearAndThatIsFiled()
    {
        var (answer, page) = await Ask("{record(of:\"P1\"){name risk}}", Regulator with { Reason = "inspection 2026-3" });
        Assert.That(answer, Is.EqualTo("{\"data\":{\"record\":{\"name\":\"张三\",\"risk\":3}}}"));
        Assert.That(page!.Read.Single().What, Is.EqualTo(new[] { "Record.name" }));
        Assert.That((page.Read.Single().Whose.Single(), page.Revealed), Is.EqualTo(("P1", true)));
    }

    [Test]
    public async Task OnlyTheRegulatorReadsTheMarketWideAggregate()
    {
        Assert.That((await Ask("{marketDebt}", Regulator)).Answer, Is.EqualTo("{\"data\":{\"marketDebt\":17}}"));
        Assert.That((await Ask("{marketDebt}", Analyst)).Answer, Does.EndWith("FORBIDDEN"));
    }

    [Test]
    public async Task ReadsBelowLevelThreeAreNotFiled() => Assert.That((await Ask("{record(of:\"P1\"){risk}}", Regulator)).Page, Is.Null);

    [Test]
    public async Task AnAliasOrAFragmentIsGuardedLikeTheFieldItself() =>
        Assert.That((await Ask("{record(of:\"P2\"){...F x:name}} fragment F on Record{y:name}", Client)).Answer, Is.EqualTo("{\"data\":{\"record\":{\"y\":null,\"x\":null}}}FORBIDDEN,FORBIDDEN"));
}
