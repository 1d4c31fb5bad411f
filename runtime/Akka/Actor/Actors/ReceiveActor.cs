using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor
{
    namespace Internal
    {
        public interface IInitializableActor
        {
            void Init();
        }
    }

    /// <summary>
    /// An actor that declares a handler for each type of message, in its constructor or in a method given to
    /// <see cref="Become(Action)"/>. The first handler that takes a message has it; one that none takes is unhandled.
    /// </summary>
    public abstract class ReceiveActor : UntypedActor, IInitializableActor
    {
        private readonly Stack<MessageHandlers> _configuring = new();
        private readonly MessageHandlers _initial = new();
        private bool _initialized;

        protected ReceiveActor() => _configuring.Push(_initial);

        void IInitializableActor.Init()
        {
            // From here on handlers belong to behaviours only.
            if (!_initialized)
                _configuring.Clear();
            _initialized = true;
        }

        protected sealed override void OnReceive(object message)
        {
            if (!_initial.Receive(message))
                Unhandled(message);
        }

        protected void Become(Action configure) => Become(Configure(configure).Receive);

        protected void BecomeStacked(Action configure) => BecomeStacked(Configure(configure).Receive);

        protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
            Handlers().Add(new TypedHandler<T>(handler, shouldHandle));

        protected void Receive<T>(Predicate<T>? shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

        protected void Receive<T>(Func<T, bool> handler) => Handlers().Add(new DecidingHandler<T>(handler));

        protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
            Handlers().Add(new UntypedHandler(messageType, handler, shouldHandle));

        protected void Receive(Type messageType, Predicate<object>? shouldHandle, Action<object> handler) =>
            Receive(messageType, handler, shouldHandle);

        protected void Receive(Type messageType, Func<object, bool> handler) =>
            Handlers().Add(new UntypedDecidingHandler(messageType, handler));

        protected void ReceiveAny(Action<object> handler) => Handlers().Add(new TypedHandler<object>(handler, null));

        protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
            Handlers().Add(new TypedHandler<T>(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle));

        protected void ReceiveAsync<T>(Predicate<T>? shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

        protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
            Handlers().Add(new UntypedHandler(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle));

        protected void ReceiveAsync(Type messageType, Predicate<object>? shouldHandle, Func<object, Task> handler) =>
            ReceiveAsync(messageType, handler, shouldHandle);

        protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

        private MessageHandlers Configure(Action configure)
        {
            var handlers = new MessageHandlers();
            _configuring.Push(handlers);
            try
            {
                configure();
            }
            finally
            {
                _configuring.Pop();
            }

            return handlers;
        }

        private MessageHandlers Handlers() =>
            _configuring.TryPeek(out var handlers)
                ? handlers
                : throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become() or BecomeStacked().");
    }
}
