using System.Globalization;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;

namespace ActorsApp._1;

/// <summary>What a product costs.</summary>
public sealed class PriceList
{
    public decimal Of(string product) => product.Length * 0.25m;
}

/// <summary>Prices each order, such as "3 apples", and sends the invoice on. Made by dependency injection, once.</summary>
public sealed class OrderHandler : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public OrderHandler(PriceList prices, IRequiredActor<Invoices> invoices) => Receive<Message>(order =>
    {
        if (order.Text().Split(' ', 2) is [var number, var product] && int.TryParse(number, CultureInfo.InvariantCulture, out var count))
            invoices.ActorRef.Tell(Message.FromText(string.Create(CultureInfo.InvariantCulture, $"{count} {product}: {count * prices.Of(product):0.00}")));
        else
            _log.Warning("The order \"{0}\" was left out: expected a number, a space and a product.", order.Text());
    });
}
