using System.Collections;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Execution;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Answers a planned question. It walks the plan in the order in which GraphQL.NET walks a query (all fields of what came first, then of what these led to; what
/// takes time runs beside the rest), asks the same guarded and metered resolvers, and makes of their values what the library makes of them, so an answer is the
/// same bytes, costs the same and is filed alike. What differs: nothing is collected, merged or looked up again for each object, and objects that stand
/// together and read only columns are read together (<see cref="StoredRows"/>).
/// </summary>
internal sealed class PlanRun(PlannedQuestion question)
{
    private readonly Queue<AnswerNode> waiting = new();
    private readonly List<(AnswerObject Parent, int Field, Task Running)> running = [];
    private readonly ExecutionErrors errors = [];

    public PlannedQuestion Question => question;

    /// <summary>The answer.</summary>
    /// <exception cref="OperationCanceledException">The question was ended.</exception>
    public async Task<ExecutionResult> AnswerAsync()
    {
        var root = new AnswerObject(question.Plan.Root, null, null, null, 0);
        waiting.Enqueue(root);
        try
        {
            while (waiting.Count > 0 || running.Count > 0) await StepAsync().ConfigureAwait(false);
        }
        catch
        {
            await Task.WhenAll(running.Select(one => one.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var data = errors.Count > 0 && NullPropagation.Reaches(root) ? null : new AnswerData(root);
        return new ExecutionResult { Executed = true, Data = data, Errors = errors.Count > 0 ? errors : null };
    }

    /// <summary>The arguments of a field in this question.</summary>
    public IDictionary<string, ArgumentValue>? ArgumentsOf(PlannedField field) =>
        question.Arguments is { } all && all.TryGetValue(field.Ast, out var given) ? given : field.Defaults;

    /// <summary>Starts all that waits, then lets what takes time come to its end.</summary>
    private async ValueTask StepAsync()
    {
        while (waiting.TryDequeue(out var node))
        {
            question.Cancellation.ThrowIfCancellationRequested();
            if (node is AnswerList list)
                foreach (var item in list.Items) Follow(item);
            else if (node is AnswerObject { Plan.IsStored: true } first && await StoredRows.ReadAsync(question, TakeLike(first)).ConfigureAwait(false) is { } left)
                foreach (var one in left) Start(one);
            else if (node is AnswerObject { Rows: null, Values: null } other) Start(other);
        }

        if (running.Count == 0) return;
        await Task.WhenAll(running.Select(one => one.Running)).ConfigureAwait(false);
        foreach (var (parent, field, _) in running) Follow(parent.Values![field]);
        running.Clear();
    }

    /// <summary>An object with those that wait right behind it and of which the same is asked.</summary>
    private List<AnswerObject> TakeLike(AnswerObject first)
    {
        var taken = new List<AnswerObject> { first };
        while (waiting.TryPeek(out var next) && next is AnswerObject like && like.Plan == first.Plan) taken.Add((AnswerObject)waiting.Dequeue());
        return taken;
    }

    private void Follow(object? value)
    {
        if (value is AnswerNode node) waiting.Enqueue(node);
    }

    private void Start(AnswerObject parent)
    {
        var fields = parent.Plan.Fields;
        parent.Values = new object?[fields.Length];
        for (var at = 0; at < fields.Length; at++)
        {
            var ended = ResolveAsync(parent, at);
            if (ended.IsCompleted)
            {
                ended.GetAwaiter().GetResult();
                Follow(parent.Values[at]);
            }
            else
            {
                running.Add((parent, at, ended.AsTask()));
            }
        }
    }

    private async ValueTask ResolveAsync(AnswerObject parent, int at)
    {
        var field = parent.Plan.Fields[at];
        question.Cancellation.ThrowIfCancellationRequested();
        try
        {
            var context = new PlannedFieldContext(this, parent, field);
            var value = await (field.Definition.Resolver ?? NameFieldResolver.Instance).ResolveAsync(context).ConfigureAwait(false);
            while (value is IDataLoaderResult pending) value = await pending.GetResultAsync(question.Cancellation).ConfigureAwait(false);
            parent.Values![at] = Complete(field, field.Shape, value, parent, field.Name, 0);
        }
        catch (OperationCanceledException) when (question.Cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            Fail(field, parent, field.Name, fault);
        }
    }

    /// <summary>Makes of a resolver's value what stands in the answer; what can't be made is null with an error.</summary>
    /// <param name="field">The field, for errors.</param>
    /// <param name="shape">What to make of it.</param>
    /// <param name="value">The value.</param>
    /// <param name="around">What it will be part of.</param>
    /// <param name="name">Its name there; null for an item.</param>
    /// <param name="index">Its place there, for an item.</param>
    private object? Complete(PlannedField field, PlannedShape shape, object? value, AnswerNode around, string? name, int index)
    {
        try
        {
            if (shape.Scalar is { } scalar) value = scalar.Serialize(value);
            if (value is null)
            {
                return shape.IsRequired
                    ? throw new InvalidOperationException($"Cannot return null for a non-null type. Field: {field.Name}, Type: {shape.Type}.")
                    : null;
            }

            if (shape.Scalar is not null) return value;
            return shape.Item is { } item ? ListOf(field, item, value, around, name, index) : ObjectOf(field, shape, value, around, name, index);
        }
        catch (OperationCanceledException) when (question.Cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            Fail(field, around, name is null ? index : name, fault);
            return null;
        }
    }

    private AnswerObject ObjectOf(PlannedField field, PlannedShape shape, object value, AnswerNode around, string? name, int index)
    {
        var type = shape.Object ?? shape.Abstract!.GetObjectType(value, question.Schema);
        if (type is null || (shape.Abstract is { } any && !any.IsPossibleType(type)))
            throw new InvalidOperationException($"'{value}' is of no object type that '{shape.Type}' can be.");
        return new AnswerObject(field.Below(type, question.Plan.Maker), value, around, name, index);
    }

    private AnswerList ListOf(PlannedField field, PlannedShape item, object value, AnswerNode around, string? name, int index)
    {
        if (value is not IEnumerable values)
            throw new InvalidOperationException($"Expected an IEnumerable list though did not find one. Found: {value.GetType().Name}");
        var given = values as IList ?? values.Cast<object?>().ToArray();
        var made = new AnswerList(item, new object?[given.Count], around, name, index);
        for (var at = 0; at < given.Count; at++) made.Items[at] = Complete(field, item, given[at], made, null, at);
        return made;
    }

    private void Fail(PlannedField field, AnswerNode around, object step, Exception fault)
    {
        var error = fault as ExecutionError ?? question.Conceal(fault, field.Definition.Name);
        if (!field.IsMerged) error.AddLocation(field.Ast, question.Document);
        error.Path = around.PathTo(step);
        lock (errors) errors.Add(error);
    }
}
