using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>What is selected on one of several days.</summary>
/// <param name="Day">The day.</param>
/// <param name="Figured">The nodes selected at its close.</param>
internal sealed record CoursePoint(DateOnly Day, Figured Figured);

/// <summary>
/// For every node type the course of figures, or of the nodes themselves, over days: <c>companiesCourse</c>. What a filter selects is looked up
/// anew on each day. All days are seen with the same knowledge and read in one pass over the store.
/// </summary>
internal sealed class CoursePart(GraphSession session, SelectableTypes types) : ISchemaPart
{
    /// <summary>Most days of one course: two years by months, both ends among them.</summary>
    private const int MostDays = 25;

    /// <summary>Most days for viewers of a part: a year by months. What is derived for them stands on the whole of each day.</summary>
    private const int MostDaysOfPart = 13;

    private const int MostNodes = 100;

    /// <summary>The calendar ends a step after it.</summary>
    private static readonly DateOnly LastToStepFrom = DateOnly.MaxValue.AddYears(-1);

    /// <summary>The steps, each with the day a number of them after the first.</summary>
    private static readonly (string Name, string Description, Func<DateOnly, int, DateOnly> After)[] Steps =
    [
        ("DAY", "Every day.", (from, steps) => from.AddDays(steps)),
        ("WEEK", "Every seventh day.", (from, steps) => from.AddDays(7 * steps)),
        ("MONTH", "The same day of every month; from the last day of one the last of every month.", Months),
        ("QUARTER", "The same of every third month.", (from, steps) => Months(from, 3 * steps)),
        ("YEAR", "The same of every year.", (from, steps) => Months(from, 12 * steps)),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum("CourseStep", "How far the days of a course are apart.", Steps.Select(step => (step.Name, step.Name, step.Description))));
        foreach (var type in types.All)
        {
            var point = $"{type.Name}CoursePoint";
            parts.Types.Add(Fields.Object(point, $"{type.Name} nodes at the close of one day.",
                Fields.Of<CoursePoint>("day", "Date!", FieldAccess.Structure, "The day.", one => one.Day),
                Fields.Of<CoursePoint>("figures", $"{AggregateTypes.NameOf(type.Name)}!", FieldAccess.Structure, "Figures over the nodes selected on this day.", one => one.Figured),
                Fields.Of<CoursePoint>("nodes", $"[{type.Name}!]!", FieldAccess.Structure, "The first of them, in the order in which they became known: for the course of few.",
                    NodesOf, TypeExpression.First(MostNodes, $"At most so many, up to {MostNodes}; 10 where not given."))));
            parts.Types.Add(Fields.Object($"{type.Name}Course", $"{type.Name} nodes over days.",
                Fields.Of<List<CoursePoint>>("points", $"[{point}!]!", FieldAccess.Structure, "The days, first to last.", points => points.ToArray()),
                Fields.Of<List<CoursePoint>>("stamp", "Stamp!", FieldAccess.Structure, "What the last day stands on; the others with the same knowledge.", points => points[^1].Figured.Scope.View.Stamp)));
            parts.Query.AddField(Fields.Resolved(
                $"{SelectionPart.ListOf(parts, type)}Course", $"{type.Name}Course", FieldAccess.Structure,
                $"How figures over {type.Name} nodes, or the nodes themselves, went from a day up to asOf, known alike on all days.",
                context => ResolveAsync(type, context),
                BitemporalArguments.And(
                    TypeExpression.Argument("from", "Date!", "The first day; further ones follow up to asOf, which is one of them only where a step ends there."),
                    TypeExpression.Argument("every", "CourseStep", $"How far they are apart; a month where not given. At most {MostDays} days, {MostDaysOfPart} for brokers and clients."),
                    TypeExpression.Argument("where", WhereTypes.WhereOf(type.Name), "Which nodes, looked up anew on each day; all where not given."))));
        }
    }

    private async ValueTask<object?> ResolveAsync(SelectableType type, IResolveFieldContext context)
    {
        var last = await session.ViewAsync(context);
        var days = DaysOf(context, DateOnly.FromDateTime(last.Stamp.AsOf.UtcDateTime), last.Snapshot.Entitlement.IsWhole ? MostDays : MostDaysOfPart);

        // All days are in memory until the answer is written, so a large store affords fewer of them.
        context.Meter().Charge(WorkUnit.Steps, (long)days.Count * last.Snapshot.Nodes.Count * GraphSession.StepsOfNode);
        var points = new List<CoursePoint>(days.Count);
        foreach (var view in await session.ViewsAsync(last, days, context.CancellationToken))
        {
            var scope = await SelectionScope.OfAsync(session, view, context);
            var reader = new WhereReader(types, scope);
            var rows = SelectionPart.Find(reader, scope, type, await reader.NodeAsync(type, context.Given("where")));
            points.Add(new CoursePoint(DateOnly.FromDateTime(view.Stamp.AsOf.UtcDateTime), new Figured(scope, rows)));
        }

        return points;
    }

    private static List<DateOnly> DaysOf(IResolveFieldContext context, DateOnly last, int most)
    {
        var from = context.GetArgument<DateOnly>("from");
        if (from > last) throw Problem.BadInput("from", $"must not be after 'asOf', {last:yyyy-MM-dd}.");
        var name = context.GetArgument<string?>("every") ?? "MONTH";
        var after = Array.Find(Steps, step => step.Name == name).After;
        var days = new List<DateOnly>();
        for (var day = from; day <= last && days.Count <= most; day = after(from, days.Count))
        {
            days.Add(day);
            if (day > LastToStepFrom) break;
        }

        return days.Count <= most ? days : throw Problem.BadInput("every", $"{name} makes more than {most} days from {from:yyyy-MM-dd} to {last:yyyy-MM-dd}: a longer step, or a later 'from'.");
    }

    private static DateOnly Months(DateOnly from, int months)
    {
        var day = from.AddMonths(months);
        return from.Day == DateTime.DaysInMonth(from.Year, from.Month) ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)) : day;
    }

    private static object NodesOf(CoursePoint point, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? 10;
        if (first is < 0 or > MostNodes) throw Problem.BadInput("first", $"must be between 0 and {MostNodes}.");
        var rows = point.Figured.Rows[..Math.Min(first, point.Figured.Rows.Length)];
        return rows.ToArray().Select(row => new NodeHandle(point.Figured.Scope.View, row.Node)).ToArray();
    }
}
